import Foundation
import Postgres
import PostgresServer
import Testing

/// What callers see when the server goes away under them, on servers of the tests' own: one after the other, for each
/// takes time and disk to make.
@Suite("Failing server", .serialized, .timeLimit(.minutes(20)))
struct ServerFailureTests {
    static let sleep = Statement("tests_failing_sleep", "select pg_sleep($1)::text")
    static let one = Statement("tests_failing_one", "select 1::int8")

    private func withServer(
        settings: [String: String] = [:],
        _ body: (PrivateCluster, ConnectionConfiguration) async throws -> Void
    ) async throws {
        let root = NSTemporaryDirectory() + "postgres-tests-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: root,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        defer { try? FileManager.default.removeItem(atPath: root) }
        let cluster = PrivateCluster(directory: root + "/cluster", settings: settings, logger: TestDatabase.logger)
        try await cluster.start()
        do {
            var configuration = try TestDatabase.configuration()
            configuration.conninfo = cluster.conninfo
            try await body(cluster, configuration)
            try await cluster.stop(.immediate)
        } catch {
            try await cluster.stop(.immediate)
            throw error
        }
    }

    /// Begins a long query, does something to the server when it is seen to work, and returns the query's error.
    private func failure(
        of connection: Connection,
        observing configuration: ConnectionConfiguration,
        when disturb: @Sendable () async throws -> Void
    ) async throws -> PostgresError? {
        let processID = await connection.serverProcessID
        return try await withThrowingTaskGroup(of: PostgresError?.self) { group in
            group.addTask {
                do throws(PostgresError) {
                    _ = try await connection.query(Self.sleep, 60.0)
                    return nil
                } catch {
                    return error
                }
            }
            try await TestDatabase.waitUntilActive(processID, configuration)
            try await disturb()
            return try await group.next() ?? nil
        }
    }

    @Test("A killed backend is a lost connection, and the query was not applied")
    func killedBackend() async throws {
        let configuration = try TestDatabase.configuration()
        try await TestDatabase.withConnection { connection in
            let processID = await connection.serverProcessID
            let error = try await failure(of: connection, observing: configuration) {
                try await TestDatabase.kill(processID)
            }
            #expect(error?.isConnectionLost == true)
            #expect(error?.sqlState == .adminShutdown)
            #expect(connection.isBroken)
        }
    }

    @Test("A server that dies without a word leaves the outcome unknown")
    func immediateStop() async throws {
        try await withServer { cluster, configuration in
            let connection = try await Connection.connect(configuration, logger: TestDatabase.logger)
            let error = try await failure(of: connection, observing: configuration) {
                kill(try #require(cluster.serverProcessID), SIGKILL)
                kill(await connection.serverProcessID, SIGKILL)
            }
            #expect(error?.kind == .connectionLost)
            #expect(error?.isOutcomeUnknown == true)
            #expect(connection.isBroken)
        }
    }

    @Test("A pool serves again after the server was restarted in the middle of a query")
    func restart() async throws {
        try await withServer { cluster, configuration in
            let pool = ConnectionPool(
                configuration: configuration,
                size: 2,
                waitLimit: 10,
                waitTimeout: .seconds(30),
                logger: TestDatabase.logger
            )
            try await pool.withConnection { connection in
                let error = try await failure(of: connection, observing: configuration) {
                    try await cluster.restart(.fast)
                }
                #expect(error?.isConnectionLost == true)
            }
            #expect(try await pool.query(Self.one)[0].value(0, as: Int64.self) == 1)
            await pool.close()
        }
    }

    @Test("A pool waits for a server that comes later")
    func laterServer() async throws {
        try await withServer { cluster, configuration in
            try await cluster.stop(.fast)
            let pool = ConnectionPool(
                configuration: configuration,
                size: 1,
                waitLimit: 10,
                waitTimeout: .seconds(60),
                logger: TestDatabase.logger
            )
            async let rows = pool.query(Self.one)
            try await cluster.start()
            #expect(try await rows.count == 1)
            await pool.close()
        }
    }

    /// Commits something and returns the error of that.
    private func commitError(_ connection: Connection) async -> PostgresError? {
        do throws(PostgresError) {
            try await connection.script("create table unconfirmed (n int)")
            return nil
        } catch {
            return error
        }
    }

    @Test("A commit cancelled while it waits for a standby has an unknown outcome")
    func unconfirmedReplication() async throws {
        try await withServer(settings: ["synchronous_standby_names": "nobody"]) { _, configuration in
            let connection = try await Connection.connect(configuration, logger: TestDatabase.logger)
            let processID = await connection.serverProcessID
            let error = try await withThrowingTaskGroup(of: PostgresError?.self) { group in
                group.addTask { await commitError(connection) }
                try await TestDatabase.waitUntilActive(processID, configuration, on: "SyncRep")
                group.cancelAll()
                return try await group.next() ?? nil
            }
            #expect(error?.kind == .replicationUnconfirmed)
            #expect(error?.isOutcomeUnknown == true)
            #expect(await connection.isReusable)
            await connection.close()
        }
    }

    @Test("A backend ended while its commit waits for a standby leaves the outcome unknown")
    func terminatedCommit() async throws {
        try await withServer(settings: ["synchronous_standby_names": "nobody"]) { _, configuration in
            let connection = try await Connection.connect(configuration, logger: TestDatabase.logger)
            let processID = await connection.serverProcessID
            let error = try await withThrowingTaskGroup(of: PostgresError?.self) { group in
                group.addTask { await commitError(connection) }
                try await TestDatabase.waitUntilActive(processID, configuration, on: "SyncRep")
                try await TestDatabase.kill(processID, configuration)
                return try await group.next() ?? nil
            }
            #expect(error?.isOutcomeUnknown == true)
        }
    }
}
