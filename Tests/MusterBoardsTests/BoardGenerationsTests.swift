import EventSourcing
import MusterTesting
import Testing

@testable import MusterBoards

/// What is kept beside the rows that people read, and who may write which of them.
@Suite(.testDatabase, .timeLimit(.minutes(20))) struct BoardGenerationsTests {
    @Test func `A projector that comes while new rows become live writes those, and not what they replace`()
        async throws
    {
        try await withTables { tables in
            let generations = tables.rebuild(Telling(Story.blockedLane())).generations(of: OperationsBoard.self)
            let making = try #require(try await generations.beginning())
            let projector = tables.table(holder: "projector", lease: .seconds(60))
            let (locked, lock) = AsyncStream.makeStream(of: Void.self)
            let hasAnswer = Flag()
            async let acquired = {
                _ = await locked.first { _ in true }
                defer { hasAnswer.raise() }
                return try await projector.acquire()
            }()

            let isLive = try await generations.makeLive(making) { _ in
                lock.yield()
                // Either it got an answer from beside the lock, or it waits for the end of this transaction.
                while !hasAnswer.isRaised {
                    if try await tables.isAnyWriterWaiting() { break }
                    await Task.yield()
                }
                return .makeLive(.init(), parked: 0, at: Position(3))
            }

            #expect(isLive)
            let lease = try #require(try await acquired)
            #expect(lease.generation == making.generation)
            #expect(try await projector.write(.init(), parked: 0, at: Position(4), under: lease))
            #expect(try await tables.stored("operations").position == Position(4))
        }
    }

    // MARK: - Rows that must not be gone back to

    private static let words = ["Blocked fire lane", "Dongqiao 7"]

    /// Makes a board anew, so that its earlier rows are kept, which say what somebody said.
    private func withKeptRows(
        _ body: (BoardTables, BoardRebuild, _ kept: Position) async throws -> Void
    ) async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = LiveBoards(telling: story)
            try await tables.withProjector(of: boards) { try await tables.waitForPosition(boards.position) }
            let rebuild = tables.rebuild(Telling(story))
            #expect(try await rebuild.run("operations").isLive)
            #expect(try await tables.generations("operations") == [1, 2])
            #expect(try await tables.words(Self.words, ofGeneration: 1, of: "operations") == Self.words)
            try await body(tables, rebuild, boards.position)
        }
    }

    @Test func `R16.1 kept rows of before an erasure are forgotten, and nothing goes back to them`() async throws {
        try await withKeptRows { tables, rebuild, kept in
            let live = try await tables.stored("operations")
            let erasure = kept.advanced(by: 1)

            try await rebuild.generations(of: OperationsBoard.self).forgetKept(before: erasure)

            #expect(try await tables.words(Self.words, ofGeneration: 1, of: "operations") == [])
            #expect(try await tables.generationsWithRows("operations") == [2])
            #expect(try await tables.generations("operations") == [2])
            await #expect(throws: RebuildError.nothingToGoBackTo(board: "operations")) {
                try await rebuild.goBack("operations")
            }
            // What people read is for the projector to erase.
            #expect(try await tables.stored("operations").position == live.position)
            #expect(try await tables.stored("operations").rows == live.rows)
        }
    }

    @Test func `R16.1 kept rows that have taken an erasure in are kept`() async throws {
        try await withKeptRows { tables, rebuild, kept in
            try await rebuild.generations(of: OperationsBoard.self).forgetKept(before: kept)

            #expect(try await tables.generationsWithRows("operations") == [1, 2])
            #expect(try await rebuild.goBack("operations").position == kept)
        }
    }

    @Test func `R16.1 where nothing is kept there is nothing to forget`() async throws {
        try await withTables { tables in
            let story = Story.blockedLane()
            let boards = LiveBoards(telling: story)
            try await tables.withProjector(of: boards) { try await tables.waitForPosition(boards.position) }

            let generations = tables.rebuild(Telling(story)).generations(of: OperationsBoard.self)
            try await generations.forgetKept(before: boards.position.advanced(by: 1))

            try await tables.expectRows(of: boards)
        }
    }
}
