import EventLog
import MusterTesting
import Postgres
import Testing

@testable import MusterDispatch

@Suite("The session of the policies", .testDatabase, .timeLimit(.minutes(20)))
struct PolicySessionTests {
    private static let look = Statement("test.look", "select 1")

    @Test("is used by one at a time, however often it shows that it goes on")
    func oneAtATime() async throws {
        try await Town.with { town in
            try await town.log.pool.withConnection { connection in
                let leadership = Leadership(of: "test.session", silenceLimit: .microseconds(400))
                let session = PolicySession(connection, leadership)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await session.keepUsed() }
                    group.addTask {
                        for _ in 0..<300 {
                            try await session.write { connection in _ = try await connection.query(Self.look) }
                        }
                    }
                    defer { group.cancelAll() }
                    try await group.next()
                }
                await connection.close()
            }
        }
    }
}
