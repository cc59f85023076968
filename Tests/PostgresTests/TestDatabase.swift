import Logging
import Postgres

/// The server the tests run against, from `MUSTER_TEST_DATABASE`; its absence fails the test that asks.
enum TestDatabase {
    struct Missing: Error, CustomStringConvertible {
        var description: String { "MUSTER_TEST_DATABASE is not set: these tests need a PostgreSQL server" }
    }

    static let logger = Logger(label: "postgres.tests") { _ in SwiftLogNoOpLogHandler() }

    static func configuration() throws -> ConnectionConfiguration {
        guard let conninfo = ProcessEnvironment.value("MUSTER_TEST_DATABASE") else { throw Missing() }
        var configuration = ConnectionConfiguration(conninfo: conninfo, applicationName: "postgres-tests")
        // A busy machine must not make a server look like one that is not there, or a drained connection like one that
        // could not be drained.
        configuration.connectTimeout = .seconds(60)
        configuration.drainTimeout = .seconds(20)
        return configuration
    }

    /// Lends a session of its own, closed at the end.
    static func withConnection<T>(
        isolation: isolated (any Actor)? = #isolation,
        _ change: (inout ConnectionConfiguration) -> Void = { _ in },
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        var configuration = try configuration()
        change(&configuration)
        let connection = try await Connection.connect(configuration, logger: logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

extension TestDatabase {
    private static let state = Statement(
        "tests_state",
        """
        select state = 'active' and wait_event = coalesce($2::text, wait_event)
        from pg_stat_activity
        where pid = $1::int4
        """
    )
    private static let terminate = Statement("tests_terminate", "select pg_terminate_backend($1::int4, 5000)")

    /// Returns when the server's process is seen to wait inside a statement.
    ///
    /// - Parameter event: what it waits for, as `pg_stat_activity` names it; nil for anything.
    static func waitUntilActive(
        _ processID: Int32,
        _ configuration: ConnectionConfiguration? = nil,
        on event: String? = nil
    ) async throws {
        try await withConnection({ $0 = configuration ?? $0 }) { observer in
            while true {
                let rows = try await observer.query(state, processID, event)
                if try rows.first?.value(0, as: Bool?.self) == true { return }
                await Task.yield()
            }
        }
    }

    /// Ends the server's side of a session and returns when it is gone.
    static func kill(_ processID: Int32, _ configuration: ConnectionConfiguration? = nil) async throws {
        try await withConnection({ $0 = configuration ?? $0 }) { _ = try await $0.query(terminate, processID) }
    }
}
