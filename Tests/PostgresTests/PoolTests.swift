import Postgres
import Testing

@Suite("Pool", .timeLimit(.minutes(20)))
struct PoolTests {
    static let one = Statement("tests_pool_one", "select 1::int8")
    static let process = Statement("tests_pool_process", "select pg_backend_pid()")

    private struct Stop: Error {}

    private func makePool(
        size: Int = 1,
        waitLimit: Int = 10,
        waitTimeout: Duration = .seconds(60)
    ) throws -> ConnectionPool {
        ConnectionPool(
            configuration: try TestDatabase.configuration(),
            size: size,
            waitLimit: waitLimit,
            waitTimeout: waitTimeout,
            logger: TestDatabase.logger
        )
    }

    private func withPool(_ pool: ConnectionPool, _ body: () async throws -> Void) async throws {
        do {
            try await body()
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    @Test("A connection is used again")
    func reuse() async throws {
        let pool = try makePool(size: 2)
        try await withPool(pool) {
            let first = try await pool.query(Self.process)[0].value(0, as: Int32.self)
            let second = try await pool.query(Self.process)[0].value(0, as: Int32.self)
            #expect(first == second)
        }
    }

    @Test("Many callers share few connections")
    func sharing() async throws {
        let pool = try makePool(size: 3, waitLimit: 200)
        try await withPool(pool) {
            let processes = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<200 {
                    group.addTask { try await pool.query(Self.process)[0].value(0) }
                }
                return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
            }
            #expect((1...3).contains(processes.count))
        }
    }

    @Test("Who waits too long is refused")
    func exhausted() async throws {
        let pool = try makePool()
        try await withPool(pool) {
            try await pool.withConnection { _ in
                let error = await #expect(throws: PostgresError.self) {
                    try await withDeadline(.milliseconds(50)) { try await pool.query(Self.one) }
                }
                #expect(error?.kind == .poolExhausted)
                #expect(error?.isRetryable == true)
            }
        }
    }

    @Test("When too many wait the next is refused at once")
    func fullQueue() async throws {
        let pool = try makePool(waitLimit: 0)
        try await withPool(pool) {
            try await pool.withConnection { _ in
                let error = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
                #expect(error?.kind == .poolExhausted)
            }
        }
    }

    @Test("A cancelled waiter leaves the queue")
    func cancelledWaiter() async throws {
        let pool = try makePool()
        try await withPool(pool) {
            try await pool.withConnection { _ in
                let kind = await withTaskGroup(of: PostgresError.Kind?.self) { group in
                    group.addTask {
                        do throws(PostgresError) {
                            _ = try await pool.query(Self.one)
                            return nil
                        } catch {
                            return error.kind
                        }
                    }
                    group.cancelAll()
                    return await group.next() ?? nil
                }
                #expect(kind == .cancelled)
            }
            #expect(try await pool.query(Self.one).count == 1)
        }
    }

    @Test("A connection left inside a transaction is not given on")
    func dirty() async throws {
        let pool = try makePool()
        try await withPool(pool) {
            let left = try await pool.withConnection { connection in
                try await connection.script("begin")
                return await connection.serverProcessID
            }
            let next = try await pool.query(Self.process)[0].value(0, as: Int32.self)
            #expect(next != left)
        }
    }

    @Test("A body that throws gives its connection back")
    func throwing() async throws {
        let pool = try makePool()
        try await withPool(pool) {
            await #expect(throws: Stop.self) { try await pool.withConnection { _ in throw Stop() } }
            let rows = try await pool.query(Self.one)
            #expect(rows.count == 1)
        }
    }

    @Test("An idle connection that died is replaced unseen")
    func deadIdle() async throws {
        let pool = try makePool()
        try await withPool(pool) {
            let first = try await pool.query(Self.process)[0].value(0, as: Int32.self)
            try await TestDatabase.kill(first)
            let second = try await pool.query(Self.process)[0].value(0, as: Int32.self)
            #expect(first != second)
        }
    }

    @Test("Statements are prepared anew on a new connection")
    func prepareAgain() async throws {
        let pool = try makePool()
        try await withPool(pool) {
            for _ in 0..<3 {
                let process = try await pool.query(Self.process)[0].value(0, as: Int32.self)
                #expect(try await pool.query(Self.one).count == 1)
                try await TestDatabase.kill(process)
            }
        }
    }

    @Test("A closed pool refuses")
    func closed() async throws {
        let pool = try makePool()
        await pool.close()
        let error = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
        #expect(error?.kind == .poolClosed)
    }

    @Test("Running ends by cancellation and closes the pool")
    func run() async throws {
        let pool = try makePool()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await pool.run() }
            group.cancelAll()
        }
        let error = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
        #expect(error?.kind == .poolClosed)
    }

    @Test("A wrong database is an error at once, not after the waiting time")
    func wrongDatabase() async throws {
        var configuration = try TestDatabase.configuration()
        configuration.conninfo += " dbname=no_such_database"
        let pool = ConnectionPool(
            configuration: configuration,
            size: 1,
            waitLimit: 1,
            waitTimeout: .seconds(30),
            logger: TestDatabase.logger
        )
        let error = await #expect(throws: PostgresError.self) { try await pool.query(Self.one) }
        #expect(error?.kind == .connectFailed)
        #expect(error?.sqlState == .invalidDatabaseName)
        await pool.close()
    }
}
