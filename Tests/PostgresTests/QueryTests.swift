import Postgres
import Testing

@Suite("Queries", .timeLimit(.minutes(20)))
struct QueryTests {
    static let one = Statement("tests_one", "select 1::int8")
    static let divide = Statement("tests_divide", "select $1::int4 / $2::int4")

    @Test("A statement returns its rows")
    func rows() async throws {
        try await TestDatabase.withConnection { connection in
            let rows = try await connection.query(Self.one)
            #expect(try rows[0].value(0, as: Int64.self) == 1)
        }
    }

    @Test("A statement that fails leaves the connection ready for the next")
    func failureLeavesReady() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query(Self.divide, Int32(1), Int32(0))
            }
            #expect(error?.sqlState == .divisionByZero)
            let rows = try await connection.query(Self.divide, Int32(6), Int32(3))
            #expect(try rows[0].value(0, as: Int32.self) == 2)
        }
    }

    @Test("A transaction whose body throws is rolled back")
    func rollback() async throws {
        struct Stop: Error {}
        try await TestDatabase.withConnection { connection in
            try await connection.script("create temporary table rolled (n int)")
            await #expect(throws: Stop.self) {
                try await connection.transaction { connection in
                    try await connection.execute(Statement("tests_insert_rolled", "insert into rolled values (1)"))
                    throw Stop()
                }
            }
            let rows = try await connection.query(Statement("tests_count_rolled", "select count(*) from rolled"))
            #expect(try rows[0].value(0, as: Int64.self) == 0)
        }
    }

    @Test("A pipeline gives each call its result, in order")
    func pipeline() async throws {
        try await TestDatabase.withConnection { connection in
            let results = try await connection.pipeline([
                Call(Self.one), Call(Self.divide, Int32(8), Int32(2)), Call(Self.one),
                Call(Self.divide, Int32(9), Int32(3)),
            ])
            #expect(try results[1].get()[0].value(0, as: Int32.self) == 4)
            #expect(try results[3].get()[0].value(0, as: Int32.self) == 3)
        }
    }
}
