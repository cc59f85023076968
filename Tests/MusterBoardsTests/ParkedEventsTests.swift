import EventSourcing
import Foundation
import MusterDomain
import MusterTesting
import Testing

@testable import MusterBoards

/// An event that nobody can read is on no board, and everyone is told so until somebody can.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct ParkedEventsTests {
    /// A whistle that cannot be read between two events that can.
    private static func garbledLane() -> Story {
        var story = Story.blockedLane()
        story.garble(Story.at("18:32:00"), of: "W-0412")
        story.raise("M-7", Story.at("18:33:00"))
        return story
    }

    private static func parked(_ position: Int64) -> ParkedEvent {
        ParkedEvent(
            position: Position(position),
            stream: Matter.stream("W-0412"),
            type: EventType("WhistleBlown"),
            recordedAt: Story.at("18:32:00"),
            problems: ["/matter type"]
        )
    }

    @Test func `what is parked is stored with the rows of its position`() async throws {
        try await withTables { tables in
            let story = Self.garbledLane()
            let boards = LiveBoards(telling: story)
            try await tables.withProjector(of: boards) {
                try await tables.waitForPosition(boards.position)
            }

            let stored = try await tables.parked("operations")
            #expect(stored.count == 1)
            #expect(stored.events.map(\.position) == [boards.position.advanced(by: -1)])
            #expect(stored.events.map(\.stream) == [Matter.stream("W-0412")])
            #expect(stored.events.map(\.type) == [EventType("WhistleBlown")])
            #expect(stored.events.first?.problems == boards.parked.first.first?.problems)
            #expect(stored.events.first?.problems.isEmpty == false)
        }
    }

    @Test func `an event is parked while its board is being written`() async throws {
        try await withTables { tables in
            let boards = LiveBoards(telling: Story.blockedLane())
            try await tables.withProjector(of: boards) {
                try await tables.waitForPosition(boards.position)
                boards.takeRest(of: Self.garbledLane())
                try await tables.waitForPosition(boards.position)
            }

            #expect(try await tables.parked("whistles").count == 1)
            #expect(try await tables.parked("whistles").events == boards.parked.first)
        }
    }

    @Test func `a writer that can read what was parked takes it away and shows it`() async throws {
        try await withTables { tables in
            let older = LiveBoards(telling: Self.garbledLane())
            try await tables.withProjector(of: older, named: "older") {
                try await tables.waitForPosition(older.position)
            }
            var readable = Story.blockedLane()
            readable.raise("M-6", Story.at("18:32:00"))
            readable.raise("M-7", Story.at("18:33:00"))
            let newer = LiveBoards(telling: readable)

            try await tables.withProjector(of: newer, named: "newer") {
                try await tables.waitUntil("holder = 'newer' and parked = 0")
            }

            #expect(try await tables.parked("operations").events == [])
            try await tables.expectRows(of: newer)
        }
    }

    @Test func `the board says in JSON where and what is parked`() throws {
        let boards = LiveBoards(telling: Self.garbledLane())

        let parked = try #require(
            JSONSerialization.jsonObject(with: Data(boards.operations.encodedParked())) as? [String: Any]
        )

        #expect(parked["parked"] as? Int == 1)
        #expect(parked["position"] as? Int64 == boards.position.rawValue)
        let event = try #require((parked["events"] as? [[String: Any]])?.first)
        #expect(event["position"] as? Int64 == boards.position.rawValue - 1)
        #expect(event["stream"] as? String == "matter-W-0412")
        #expect(event["type"] as? String == "WhistleBlown")
        #expect((event["problems"] as? [String])?.isEmpty == false)
    }

    @Test func `what is parked up to an earlier position leaves out what came later`() {
        var parked = ParkedEvents()
        for position in [3, 5, 8] as [Int64] { parked.append(Self.parked(position)) }

        #expect(parked.through(Position(2)).count == 0)
        #expect(parked.through(Position(5)).first.map(\.position) == [Position(3), Position(5)])
        #expect(parked.through(Position(8)) == parked)
    }

    @Test func `more than a bounded number of parked events are only counted`() {
        var parked = ParkedEvents()
        for position in 1...Int64(ParkedEvents.maximumKept + 5) { parked.append(Self.parked(position)) }

        #expect(parked.count == ParkedEvents.maximumKept + 5)
        #expect(parked.first.count == ParkedEvents.maximumKept)
    }
}
