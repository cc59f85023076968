import Logging
import Postgres
import Synchronization
import Testing

/// What operators see of a session.
@Suite("Observation", .timeLimit(.minutes(20)))
struct ObservationTests {
    /// Keeps what is logged.
    private final class Lines: Sendable {
        let all = Mutex<[(Logger.Level, String)]>([])
    }

    private struct KeepingHandler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.all.withLock { $0.append((event.level, "\(event.message) \(event.metadata ?? [:])")) }
        }
    }

    private func notices(of sql: String) async throws -> [(Logger.Level, String)] {
        let lines = Lines()
        let logger = Logger(label: "notices") { _ in KeepingHandler(lines: lines) }
        let connection = try await Connection.connect(try TestDatabase.configuration(), logger: logger)
        try await connection.script(sql)
        await connection.close()
        return lines.all.withLock { $0 }
    }

    @Test("A warning of the server is logged as one, with its code")
    func warning() async throws {
        let lines = try await notices(of: "do $$ begin raise warning 'careful'; end $$")
        let line = try #require(lines.first { $0.1.contains("careful") })
        #expect(line.0 == .warning)
        #expect(line.1.contains("01000"))
    }

    @Test("A notice of the server is logged for debugging")
    func notice() async throws {
        let lines = try await notices(of: "do $$ begin raise notice 'by the way'; end $$")
        #expect(lines.first { $0.1.contains("by the way") }?.0 == .debug)
    }

    @Test("An ordinary warning does not make a call fail")
    func ordinaryWarning() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script(
                "do $$ begin raise warning 'canceling wait for synchronous replication'; end $$"
            )
        }
    }

    @Test("The server's detail, which quotes rows, is not in the description")
    func detail() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("create temporary table secrets (t text constraint secrets_key primary key)")
            let insert = Statement("tests_secrets_insert", "insert into secrets values ($1)")
            try await connection.execute(insert, "hunter2")
            let error = await #expect(throws: PostgresError.self) { try await connection.execute(insert, "hunter2") }
            #expect(error?.diagnostics?.detail?.contains("hunter2") == true)
            #expect(error?.description.contains("hunter2") == false)
            #expect(error?.constraint == "secrets_key")
        }
    }

    @Test("A statement's name with another text is refused")
    func sameName() async throws {
        try await TestDatabase.withConnection { connection in
            _ = try await connection.query(Statement("tests_twice", "select 1"))
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query(Statement("tests_twice", "select 2"))
            }
            #expect(error?.kind == .invalidParameters)
        }
    }

    @Test("Parameters of another type than the first call's are refused")
    func otherTypes() async throws {
        try await TestDatabase.withConnection { connection in
            let statement = Statement("tests_types", "select $1::text")
            _ = try await connection.query(statement, "a")
            let error = await #expect(throws: PostgresError.self) { try await connection.query(statement, Int64(1)) }
            #expect(error?.kind == .invalidParameters)
        }
    }

    @Test("More parameters than the protocol can count are refused")
    func tooMany() async throws {
        try await TestDatabase.withConnection { connection in
            var parameters = Parameters()
            for _ in 0...65_535 { parameters.append(true) }
            let call = Call(Statement("tests_too_many", "select 1"), parameters: parameters)
            let error = await #expect(throws: PostgresError.self) { try await connection.query(call) }
            #expect(error?.kind == .invalidParameters)
            #expect(await connection.isReusable)
        }
    }
}
