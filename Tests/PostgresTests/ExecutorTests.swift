import Postgres
import Testing

@Suite("Executor", .timeLimit(.minutes(20)))
struct ExecutorTests {
    static let echo = Statement("tests_executor_echo", "select $1::int8")

    @Test("Tasks on the waiting thread get their answers")
    func answers() async throws {
        try await withTaskExecutorPreference(Connection.executor) {
            try await TestDatabase.withConnection { connection in
                for number in Int64(0)..<200 {
                    let answer = try await connection.query(Self.echo, number)[0].value(0, as: Int64.self)
                    #expect(answer == number)
                }
            }
        }
    }

    @Test("Many tasks on the waiting thread and off it all come to their end")
    func together() async throws {
        let pool = ConnectionPool(
            configuration: try TestDatabase.configuration(),
            size: 4,
            waitLimit: 100,
            waitTimeout: .seconds(30),
            logger: TestDatabase.logger
        )
        let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in Int64(1)...100 {
                group.addTask(executorPreference: number.isMultiple(of: 2) ? Connection.executor : nil) {
                    try await pool.query(Self.echo, number)[0].value(0)
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 5050)
        await pool.close()
    }
}
