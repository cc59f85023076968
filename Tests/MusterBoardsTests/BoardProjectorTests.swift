import EventSourcing
import Logging
import MusterTesting
import Postgres
import Testing

@testable import MusterBoards

/// Rows in PostgreSQL are the fold of the events up to the stored position, whatever happens to their writer.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct BoardProjectorTests {
    @Test func `the stored rows and position are those of the board`() async throws {
        try await withTables { tables in
            let boards = LiveBoards(telling: Story.blockedLane())
            try await tables.withProjector(of: boards) {
                try await tables.waitForPosition(boards.position)
            }

            #expect(try await tables.stored("operations").position == boards.position)
            try await tables.expectRows(of: boards)
        }
    }

    @Test func `every change follows, also removals`() async throws {
        try await withTables { tables in
            let story = Story.random(300, seed: 11)
            let boards = LiveBoards(telling: Story.town())
            try await tables.withProjector(of: boards) {
                boards.takeRest(of: story)
                try await tables.waitForPosition(boards.position)
            }

            try await tables.expectRows(of: boards)
        }
    }

    @Test func `a writer that begins on other rows corrects them`() async throws {
        try await withTables { tables in
            try await tables.run(
                """
                insert into board_generation_rows (board, generation, key, position, ordering, row)
                values
                    ('operations', 1, 'left-over', 1, '', '{}'),
                    ('operations', 1, 'W-0412/fire', 1, '', '{"wrong": true}')
                """
            )
            let boards = LiveBoards(telling: Story.blockedLane())
            try await tables.withProjector(of: boards) {
                try await tables.waitForPosition(boards.position)
            }

            try await tables.expectRows(of: boards)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `connections killed between statements leave the fold of the stored position`(seed: UInt64) async throws {
        try await withTables { tables in
            let story = Story.random(400, seed: seed)
            let boards = LiveBoards(telling: Story.town())
            try await tables.withProjector(of: boards) {
                for event in story.events where event.position > boards.position {
                    boards.take([event], goal: .origin)
                    guard event.position.rawValue.isMultiple(of: 20) else { continue }
                    try await tables.killWriters()
                    let stored = try await tables.stored("operations")
                    let upTo = try BoardFold<OperationsBoard>(story, first: Int(stored.position.rawValue)).board
                    if stored.position > .origin {
                        let isFold = stored.rows == upTo.rows().map { BoardChange.Row($0) }
                        #expect(isFold, "seed \(seed) at \(stored.position)")
                    }
                }
                try await tables.waitForPosition(boards.position)
            }

            try await tables.expectRows(of: boards)
        }
    }

    @Test func `of two projectors one writes, and the other takes over when it stops`() async throws {
        try await withTables { tables in
            var story = Story.blockedLane()
            let (one, other) = (LiveBoards(telling: story), LiveBoards(telling: story))
            // No pause of a busy machine is as long as this lease: what ends it is that the writer stops.
            try await tables.withProjector(of: one, named: "one", lease: .seconds(60)) {
                try await tables.waitForPosition(one.position)
                let epoch = try await tables.epoch("operations")
                try await tables.withProjector(of: other, named: "other") {
                    story.raise("M-1", Story.at("18:41:00"))
                    one.takeRest(of: story)
                    other.takeRest(of: story)
                    try await tables.waitForPosition(one.position)
                }
                #expect(try await tables.epoch("operations") == epoch)
                #expect(try await tables.holder("operations") == "one")
            }
            try await tables.withProjector(of: other, named: "other") {
                try await tables.waitUntil("holder = 'other'")
            }
        }
    }

    @Test func `a writer whose epoch has passed writes nothing`() async throws {
        try await withTables { tables in
            let stale = tables.table(holder: "stale", lease: .zero)
            let lease = try #require(try await stale.acquire())
            let fresh = tables.table(holder: "fresh", lease: .seconds(60))
            _ = try #require(try await fresh.acquire())
            let row = BoardChange.Row(key: "k", order: "0", json: Array("{}".utf8))

            let isWritten = try await stale.write(
                .init(rows: ["k": row]),
                parked: 0,
                at: Position(9),
                under: lease
            )

            #expect(!isWritten)
            #expect(try await tables.stored("operations").rows == [])
            #expect(try await tables.stored("operations").position == .origin)
        }
    }

    @Test func `a held board is refused to others until its lease ends or is given back`() async throws {
        try await withTables { tables in
            let one = tables.table(holder: "one", lease: .seconds(60))
            let other = tables.table(holder: "other", lease: .seconds(60))
            let lease = try #require(try await one.acquire())
            #expect(try await other.acquire() == nil)
            try await one.release(lease)

            #expect(try await other.acquire()?.epoch == lease.epoch + 1)
        }
    }

    @Test func `an older version never takes a board over`() async throws {
        try await withTables { tables in
            let newer = tables.table(holder: "newer", lease: .zero, version: 2)
            _ = try #require(try await newer.acquire())

            #expect(try await tables.table(holder: "older", lease: .zero, version: 1).acquire() == nil)
            #expect(try await tables.table(holder: "newest", lease: .zero, version: 3).acquire() != nil)
        }
    }

    @Test func `rows of an earlier position never replace those of a later one`() async throws {
        try await withTables { tables in
            let table = tables.table(holder: "one", lease: .seconds(60))
            let lease = try #require(try await table.acquire())
            #expect(try await table.write(.init(), parked: 0, at: Position(9), under: lease))

            #expect(try await table.write(.init(), parked: 0, at: Position(8), under: lease) == false)
            #expect(try await tables.stored("operations").position == Position(9))
        }
    }
}
