import EventSourcing
import Foundation
import MusterDomain
import MusterTesting
import Testing

@testable import MusterBoards

/// What boards show of a person who was erased: nothing.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct ErasureTests {
    private static let words = ["Blocked fire lane", "Dongqiao 7"]

    /// A matter of the erased person, half filed and on both boards, and one of another.
    private static func story() -> Story {
        var story = Story.blockedLane()
        story.tell(
            Story.at("18:32:00"),
            .raised(
                MatterRaised(
                    matter: "M-2",
                    kind: .noise,
                    territory: "dq-02",
                    place: "Xinwei 3",
                    title: "Drilling at night",
                    text: "Every night.",
                    reporter: "resident-2",
                    urgency: .normal
                )
            ),
            of: "M-2"
        )
        return story
    }

    private static func said(_ json: [UInt8]) -> [String] {
        let text = String(decoding: json, as: UTF8.self)
        return words.filter { text.contains($0) }
    }

    @Test func `R16.1 an erased person is on no board any more, and the others are`() throws {
        var story = Self.story()
        let boards = LiveBoards(telling: story)
        // Those that show open matters.
        let all: [any BoardFeed] = [boards.operations, boards.whistles]
        for board in all { #expect(Self.said(board.encodedSnapshot().json) == Self.words, "\(board.name)") }

        story.erase("resident-7731", Story.at("18:40:00"))
        boards.takeRest(of: story)

        for board in all {
            let json = board.encodedSnapshot().json
            #expect(Self.said(json) == [], "\(board.name)")
            #expect(String(decoding: json, as: UTF8.self).contains(PersonalFields.erasedText), "\(board.name)")
        }
        let row = try #require(boards.operations.row("M-2"))
        #expect(row.content.title == "Drilling at night")
        #expect(try #require(boards.operations.row("W-0412/fire")).content.title == PersonalFields.erasedText)
        #expect(boards.whistles.snapshot().figures.halfFiled.map(\.title) == [PersonalFields.erasedText])
    }

    @Test func `R16.1 what somebody raises after their erasure is shown`() throws {
        var story = Self.story()
        story.erase("resident-7731", Story.at("18:40:00"))
        story.raise("M-3", Story.at("18:41:00"), title: "Again")
        let boards = LiveBoards(telling: story)
        #expect(try #require(boards.operations.row("M-3")).content.title == "Again")
    }

    @Test func `R16.1 erasing somebody who raised nothing changes no row`() throws {
        var story = Self.story()
        let boards = LiveBoards(telling: story)
        let before = boards.operations.encodedRows().rows
        story.erase("nobody", Story.at("18:40:00"))
        boards.takeRest(of: story)
        #expect(boards.operations.encodedRows().rows == before)
    }

    @Test func `R16.1 a board that follows an erasure is the one that is folded anew without the words`() throws {
        var story = Self.story()
        story.erase("resident-7731", Story.at("18:40:00"))
        story.escalate("W-0412", Story.at("18:41:00"), "fire", to: .district, due: Story.at("18:29:27"))
        let boards = LiveBoards(telling: story)

        // As the log reads once the key is destroyed.
        let again = LiveBoards(telling: Story())
        let events = story.events.map { event in
            guard event.type.name == "MatterRaised", event.stream == Matter.stream("W-0412") else { return event }
            var text = String(decoding: event.data, as: UTF8.self)
            for word in Self.words + ["Two cars block the lane."] {
                text = text.replacingOccurrences(of: word, with: PersonalFields.erasedText)
            }
            return RecordedEvent(
                position: event.position,
                stream: event.stream,
                version: event.version,
                id: event.id,
                type: event.type,
                occurredAt: event.occurredAt,
                recordedAt: event.recordedAt,
                metadata: event.metadata,
                data: Array(text.utf8)
            )
        }
        again.take(events, goal: .origin)
        #expect(again.operations.encodedRows().rows == boards.operations.encodedRows().rows)
        #expect(again.whistles.encodedRows().rows == boards.whistles.encodedRows().rows)
        #expect(again.whistles.snapshot().figures.halfFiled == boards.whistles.snapshot().figures.halfFiled)
    }

    @Test func `R16.1 a watcher that comes back cannot fetch changes of before an erasure`() async throws {
        var story = Story.town()
        let boards = LiveBoards(telling: story)
        let seen = boards.position
        story.raise("M-1", Story.at("18:00:00"))
        boards.takeRest(of: story)
        var changes = boards.operations.changes(after: seen).makeAsyncIterator()
        let change = try #require(await changes.next())
        #expect(Self.said(change.json) == Self.words)

        story.erase("resident-7731", Story.at("18:40:00"))
        boards.takeRest(of: story)

        #expect(await changes.next() == .reset(boards.operations.encodedSnapshot()))
        var late = boards.operations.changes(after: seen).makeAsyncIterator()
        let first = try #require(await late.next())
        #expect(Self.said(first.json) == [])
    }

    @Test func `R16.1 stored rows are erased, and there is no way back to those of before`() async throws {
        try await withTables { tables in
            var story = Self.story()
            let boards = LiveBoards(telling: story)
            try await tables.withProjector(of: boards) {
                try await tables.waitForPosition(boards.position)
                _ = try await tables.rebuild(Telling(story), .replace).run("operations")
                #expect(try await tables.generations("operations") == [1, 2])

                story.erase("resident-7731", Story.at("18:40:00"))
                boards.takeRest(of: story)
                try await tables.waitForPosition(boards.position)
                while try await tables.generations("operations") != [2] { try await Task.sleep(for: .milliseconds(5)) }
            }
            try await tables.expectRows(of: boards)
            for row in try await tables.stored("operations").rows { #expect(Self.said(row.json) == []) }
            await #expect(throws: RebuildError.self) {
                try await tables.rebuild(Telling(story)).goBack("operations")
            }
        }
    }
}
