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
        return ConnectionConfiguration(conninfo: conninfo, applicationName: "postgres-tests")
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
