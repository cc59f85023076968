import Postgres
import Testing

@Suite("Transactions", .timeLimit(.minutes(20)))
struct TransactionTests {
    static let insert = Statement("tests_tx_insert", "insert into kept values ($1)")
    static let count = Statement("tests_tx_count", "select count(*) from kept")

    private func withTable(_ body: (Connection) async throws -> Void) async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script(
                "create temporary table kept (n int8 constraint kept_key primary key deferrable initially deferred)"
            )
            try await body(connection)
        }
    }

    private func count(_ connection: Connection) async throws -> Int64 {
        try await connection.query(Self.count)[0].value(0)
    }

    @Test("A transaction that ends well is committed")
    func commit() async throws {
        try await withTable { connection in
            let touched = try await connection.transaction { try await $0.execute(Self.insert, Int64(1)) }
            #expect(touched == 1)
            let count = try await count(connection)
            #expect(count == 1)
        }
    }

    @Test("An error at the commit is thrown, with its constraint")
    func deferredViolation() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    try await connection.execute(Self.insert, Int64(1))
                    try await connection.execute(Self.insert, Int64(1))
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.constraint == "kept_key")
            #expect(error?.statement == "commit")
            let count = try await count(connection)
            #expect(count == 0)
        }
    }

    @Test("A body that swallows an error does not get its commit")
    func swallowed() async throws {
        try await withTable { connection in
            await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    try await connection.execute(Self.insert, Int64(1))
                    _ = try? await connection.query(Statement("tests_tx_bad", "select 1 / 0"))
                }
            }
            let count = try await count(connection)
            #expect(count == 0)
            #expect(await connection.isReusable)
        }
    }

    @Test("A transaction cancelled before its commit is rolled back")
    func cancelledBeforeCommit() async throws {
        try await withTable { connection in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try? await connection.transaction { connection in
                        try await connection.execute(Self.insert, Int64(1))
                        withUnsafeCurrentTask { $0?.cancel() }
                    }
                }
            }
            #expect(await connection.isReusable)
            let count = try await count(connection)
            #expect(count == 0)
        }
    }

    @Test("A read-only transaction refuses to write")
    func readOnly() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.transaction(.readOnly) { connection in
                    try await connection.script("create table tests_never (n int)")
                }
            }
            #expect(error?.sqlState == .readOnlyTransaction)
        }
    }

    @Test("A pipelined transaction commits in one go and returns its rows")
    func pipelined() async throws {
        try await withTable { connection in
            let rows = try await connection.pipelinedTransaction([Call(Self.insert, Int64(1)), Call(Self.count)])
            #expect(rows.count == 2)
            #expect(try rows[1][0].value(0, as: Int64.self) == 1)
        }
    }

    @Test("A pipelined transaction with an error inside is rolled back")
    func pipelinedError() async throws {
        try await withTable { connection in
            let divide = Statement("tests_tx_divide", "select 1 / $1::int4")
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipelinedTransaction([
                    Call(Self.insert, Int64(1)), Call(divide, Int32(0)), Call(Self.insert, Int64(2)),
                ])
            }
            #expect(error?.statement == "tests_tx_divide")
            #expect(await connection.isReusable)
            let count = try await count(connection)
            #expect(count == 0)
        }
    }

    @Test("A pipelined transaction whose commit fails is rolled back")
    func pipelinedCommitError() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.pipelinedTransaction([Call(Self.insert, Int64(1)), Call(Self.insert, Int64(1))])
            }
            #expect(error?.constraint == "kept_key")
            let count = try await count(connection)
            #expect(count == 0)
        }
    }

    @Test("In a pipeline without a transaction an error takes everything back")
    func pipelineError() async throws {
        try await withTable { connection in
            let divide = Statement("tests_tx_divide", "select 1 / $1::int4")
            let results = try await connection.pipeline([
                Call(Self.insert, Int64(1)), Call(divide, Int32(0)), Call(Self.insert, Int64(2)),
            ])
            let errors = results.map { result in
                do throws(PostgresError) {
                    _ = try result.get()
                    return SQLState?.none
                } catch {
                    return error.sqlState
                }
            }
            #expect(errors == [nil, .divisionByZero, .divisionByZero])
            let count = try await count(connection)
            #expect(count == 0)
        }
    }

    @Test("In a pipeline a commit that fails fails every call")
    func pipelineCommitError() async throws {
        try await withTable { connection in
            let results = try await connection.pipeline([Call(Self.insert, Int64(1)), Call(Self.insert, Int64(1))])
            for result in results {
                let error = #expect(throws: PostgresError.self) { try result.get() }
                #expect(error?.constraint == "kept_key")
            }
            #expect(await connection.isReusable)
        }
    }

    @Test("A thousand calls in one pipeline are answered")
    func largePipeline() async throws {
        try await TestDatabase.withConnection { connection in
            let echo = Statement("tests_tx_echo", "select $1::text")
            let text = String(repeating: "x", count: 5000)
            let results = try await connection.pipeline((0..<1000).map { Call(echo, "\($0)\(text)") })
            for (index, result) in results.enumerated() {
                #expect(try result.get()[0].value(0, as: String.self) == "\(index)\(text)")
            }
        }
    }
}
