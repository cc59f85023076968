import EventSourcing
import MusterTesting
import Testing

@testable import MusterBoards

/// Who may write which rows of a board.
@Suite(.testDatabase, .timeLimit(.minutes(5))) struct BoardGenerationsTests {
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
}
