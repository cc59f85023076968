package import EventLog
package import EventSourcing
package import Logging
import Postgres
package import Testing

/// A database of a suite's own, on the server that `MUSTER_TEST_DATABASE` names.
package struct TestDatabase: Sendable {
    /// The suite's database; nil outside of suites with the trait.
    @TaskLocal fileprivate static var inScope: TestDatabase?

    /// The database of the suite the test belongs to.
    ///
    /// - Throws: when the suite lacks the trait `.testDatabase`.
    package static var current: TestDatabase {
        get throws {
            guard let inScope else { throw TestDatabaseError.noTrait }
            return inScope
        }
    }

    package let conninfo: String
    package let logger: Logger

    /// A database that the test has made itself.
    package init(conninfo: String, logger: Logger) {
        self.conninfo = conninfo
        self.logger = logger
    }

    /// A log in the database, which is created when it is not there yet and runs while the body does.
    ///
    /// - Parameter configuration: of the handle the body gets.
    package func withLog<T: Sendable>(
        _ name: String = "test",
        mode: LogMode = .live,
        configuration: LogConfiguration = LogConfiguration(),
        _ body: @Sendable (Log) async throws -> T
    ) async throws -> T {
        let name = try #require(LogName(name))
        let database = LogDatabase(conninfo: conninfo, logger: logger)
        try await database.migrate()
        try await database.createLog(name, mode: mode)
        let log = try await database.openLog(name, configuration: configuration)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await log.run() }
            defer { group.cancelAll() }
            return try await body(log)
        }
    }
}

package enum TestDatabaseError: Error, CustomStringConvertible {
    case noTrait
    case noServer

    package var description: String {
        switch self {
        case .noTrait: "the suite needs the trait .testDatabase"
        case .noServer: "MUSTER_TEST_DATABASE is not set: it names the PostgreSQL server of the tests (key=value …)"
        }
    }
}

/// Gives a suite a fresh database and drops it afterwards, also when tests fail. Without a server the suite fails.
package struct TestDatabaseTrait: SuiteTrait, TestScoping {
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard let server = Environment.testServer else { throw TestDatabaseError.noServer }
        let name = "muster_test_" + String(UInt64.random(in: 0 ... .max), radix: 36)
        // In a connection string the last of equal keys counts.
        let database = TestDatabase(
            conninfo: "\(server) dbname=\(name)",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await Self.execute("create database \(name) encoding 'UTF8' template template0", on: server)
        do {
            try await TestDatabase.$inScope.withValue(database) { try await function() }
        } catch {
            try await Self.execute("drop database \(name) with (force)", on: server)
            throw error
        }
        try await Self.execute("drop database \(name) with (force)", on: server)
    }

    private static func execute(_ sql: String, on server: String) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var configuration = ConnectionConfiguration(conninfo: server, applicationName: "muster tests")
        // Both write a checkpoint, which waits for whatever else is written to the disk.
        configuration.statementTimeout = .seconds(300)
        configuration.callTimeout = .seconds(300)
        let connection = try await Connection.connect(configuration, logger: logger)
        try await connection.script(sql)
        await connection.close()
    }
}

extension Trait where Self == TestDatabaseTrait {
    /// A fresh database for the suite: `TestDatabase.current`.
    package static var testDatabase: TestDatabaseTrait { TestDatabaseTrait() }
}
