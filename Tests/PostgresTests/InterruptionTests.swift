import Postgres
import Testing

/// A call that is interrupted leaves its connection ready or closed, never dirty.
@Suite("Interruption", .timeLimit(.minutes(20)))
struct InterruptionTests {
    static let sleep = Statement("tests_sleep", "select pg_sleep($1)::text")
    static let one = Statement("tests_interrupted_one", "select 1::int8")

    /// Runs the call in a task that is cancelled once the server is seen to work on it.
    private func cancelling(
        _ connection: Connection,
        _ body: @escaping @Sendable (Connection) async throws -> Void
    ) async throws -> (any Error)? {
        let processID = await connection.serverProcessID
        return try await withThrowingTaskGroup(of: (any Error)?.self) { group in
            group.addTask {
                do {
                    try await body(connection)
                    return nil
                } catch {
                    return error
                }
            }
            try await TestDatabase.waitUntilActive(processID)
            group.cancelAll()
            return try await group.next() ?? nil
        }
    }

    @Test("A cancelled query ends with a cancellation, and nothing applied")
    func cancelled() async throws {
        try await TestDatabase.withConnection { connection in
            let error = try await cancelling(connection) { _ = try await $0.query(Self.sleep, 30.0) }
            let failure = try #require(error as? PostgresError)
            #expect(failure.kind == .cancelled)
            #expect(failure.outcome == .notApplied)
            #expect(failure.sqlState == .queryCanceled)
        }
    }

    @Test("After a cancelled query the connection serves the next call")
    func reusable() async throws {
        try await TestDatabase.withConnection { connection in
            _ = try await cancelling(connection) { _ = try await $0.query(Self.sleep, 30.0) }
            #expect(await connection.isReusable)
            #expect(try await connection.query(Self.one)[0].value(0, as: Int64.self) == 1)
        }
    }

    @Test("A query that meets its deadline ends with it")
    func deadline() async throws {
        try await TestDatabase.withConnection { connection in
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) {
                try await withDeadline(.milliseconds(100)) { try await connection.query(Self.sleep, 30.0) }
            }
            #expect(error?.kind == .deadline)
            #expect(start.duration(to: .now) < .seconds(20))
            #expect(await connection.isReusable)
        }
    }

    @Test("The configuration's call timeout is a deadline")
    func callTimeout() async throws {
        try await TestDatabase.withConnection({ $0.callTimeout = .milliseconds(50) }) { connection in
            let error = await #expect(throws: PostgresError.self) { try await connection.query(Self.sleep, 30.0) }
            #expect(error?.kind == .deadline)
        }
    }

    @Test("A connection told to close on interruption closes, and the outcome is unknown")
    func closes() async throws {
        try await TestDatabase.withConnection({ $0.interruption = .close }) { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await withDeadline(.milliseconds(50)) { try await connection.query(Self.sleep, 30.0) }
            }
            #expect(error?.isOutcomeUnknown == true)
            #expect(connection.isBroken)
        }
    }

    @Test("The server's own timeout is a server's error, not a deadline")
    func statementTimeout() async throws {
        try await TestDatabase.withConnection({ $0.statementTimeout = .milliseconds(50) }) { connection in
            let error = await #expect(throws: PostgresError.self) { try await connection.query(Self.sleep, 30.0) }
            #expect(error?.kind == .server)
            #expect(error?.sqlState == .queryCanceled)
        }
    }

    @Test("A lock is waited for no longer than the session allows")
    func lockTimeout() async throws {
        try await TestDatabase.withConnection { holder in
            let lock = Statement("tests_lock", "select pg_advisory_xact_lock(915001)::text")
            try await holder.transaction { holder in
                _ = try await holder.query(lock)
                try await TestDatabase.withConnection({ $0.lockTimeout = .milliseconds(50) }) { waiter in
                    let error = await #expect(throws: PostgresError.self) { try await waiter.query(lock) }
                    #expect(error?.sqlState == .lockNotAvailable)
                }
            }
        }
    }

    @Test("A cancelled transaction is rolled back before the error is seen")
    func cancelledTransaction() async throws {
        try await TestDatabase.withConnection { connection in
            _ = try await cancelling(connection) { connection in
                try await connection.transaction { _ = try await $0.query(Self.sleep, 30.0) }
            }
            #expect(await connection.isReusable)
        }
    }

    @Test("A cancelled pipeline comes to rest")
    func cancelledPipeline() async throws {
        try await TestDatabase.withConnection { connection in
            let error = try await cancelling(connection) { connection in
                for result in try await connection.pipeline([Call(Self.sleep, 30.0), Call(Self.one)]) {
                    _ = try result.get()
                }
            }
            #expect((error as? PostgresError)?.kind == .cancelled)
            #expect(await connection.isReusable)
        }
    }

    @Test("A task that is cancelled already sends nothing that lasts")
    func cancelledBefore() async throws {
        try await TestDatabase.withConnection { connection in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await connection.query(Self.sleep, 30.0) }
                group.cancelAll()
            }
            #expect(await connection.isReusable)
        }
    }

    @Test("Closing a connection ends the call under way")
    func closedMeanwhile() async throws {
        try await TestDatabase.withConnection { connection in
            let processID = await connection.serverProcessID
            let error = try await withThrowingTaskGroup(of: PostgresError?.self) { group in
                group.addTask {
                    do throws(PostgresError) {
                        _ = try await connection.query(Self.sleep, 60.0)
                        return nil
                    } catch {
                        return error
                    }
                }
                try await TestDatabase.waitUntilActive(processID)
                await connection.close()
                return try await group.next() ?? nil
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.isOutcomeUnknown == true)
        }
    }

    @Test("Two calls at once on one connection: the second is refused")
    func twoAtOnce() async throws {
        try await TestDatabase.withConnection { connection in
            let processID = await connection.serverProcessID
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Far longer than it takes to be seen, also on a busy machine.
                group.addTask { _ = try await connection.query(Self.sleep, 60) }
                try await TestDatabase.waitUntilActive(processID)
                let error = await #expect(throws: PostgresError.self) { try await connection.query(Self.one) }
                #expect(error?.kind == .protocolViolation)
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
        }
    }

    @Test("Cancelling at any moment leaves the connection ready or closed")
    func anyMoment() async throws {
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        var random = SeededGenerator(seed: seed)
        try await TestDatabase.withConnection { connection in
            for _ in 0..<150 {
                let pause = Duration.microseconds(Int.random(in: 0...3000, using: &random))
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try? await connection.query(Self.sleep, 0.001) }
                    try? await Task.sleep(for: pause)
                    group.cancelAll()
                }
                try #require(await connection.isReusable)
                #expect(try await connection.query(Self.one)[0].value(0, as: Int64.self) == 1)
            }
        }
    }
}
