import EventLog
import Foundation
import Logging
import MusterTesting
import Postgres
import Testing

@testable import PostgresServer

/// PostgreSQL servers of one test's own: one that applications reach, and copies of it that can follow it and take its
/// place. Nothing of them is left when the test is over.
final class Servers: Sendable {
    let primary: PrivateCluster
    /// A copy that follows the primary, once it was made.
    let standby: PrivateCluster
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private let directory: TemporaryDirectory

    private init() throws {
        directory = try TemporaryDirectory()
        // What a copy has been told about following someone must not make it follow itself when it is the primary.
        primary = PrivateCluster(
            directory: directory.path + "/primary",
            settings: ["primary_conninfo": ""],
            logger: logger
        )
        standby = PrivateCluster(
            directory: directory.path + "/standby",
            settings: ["wal_retrieve_retry_interval": "100ms", "wal_receiver_status_interval": "1s"],
            logger: logger
        )
    }

    /// Starts a primary for the time of the body.
    static func with(_ body: (Servers) async throws -> Void) async throws {
        let servers = try Servers()
        do {
            try await servers.primary.start()
            try await body(servers)
        } catch {
            try await servers.remove()
            throw error
        }
        try await servers.remove()
    }

    /// A log on the primary; see `TestDatabase.withLog`.
    func withLog<T: Sendable>(
        configuration: LogConfiguration = LogConfiguration(),
        _ body: @Sendable (Log) async throws -> T
    ) async throws -> T {
        try await TestDatabase(conninfo: primary.conninfo, logger: logger)
            .withLog(configuration: configuration, body)
    }

    // MARK: Copies

    /// Copies the primary while it runs, as a base backup does, into a directory.
    func copyPrimary(to name: String) async throws {
        let account = try ServerAccount.forNewCluster()
        let binaries = try await ServerBinaries.installed()[0].directory
        let parent = "\(directory.path)/\(name)"
        try FileSystem.makeDirectory(parent, mode: 0o711)
        try FileSystem.makeDirectory(parent + "/postgres", mode: 0o700)
        try FileSystem.setOwner(of: parent + "/postgres", to: account)
        try await ChildProcess.run(
            account.command([
                "\(binaries)/pg_basebackup", "--pgdata=\(parent)/postgres", "--dbname=\(primary.conninfo)",
                "--checkpoint=fast", "--no-sync", "--write-recovery-conf",
            ])
        )
    }

    /// Copies the primary and lets the copy follow it.
    func startStandby() async throws {
        try await copyPrimary(to: "standby")
        try await standby.start()
    }

    /// Copies the primary for a server that recovers until ``endRecovery()``, and says so to whoever connects.
    func copyRecovering() async throws -> PrivateCluster {
        let name = "recovering"
        try await copyPrimary(to: name)
        try stopFollowing(in: name)
        let data = "\(directory.path)/\(name)/postgres"
        try Data().write(to: URL(fileURLWithPath: data + "/recovery.signal"))
        try FileSystem.setOwner(of: data + "/recovery.signal", to: ServerAccount.forNewCluster())
        let settings = ["restore_command": "until [ -e recovered ]; do sleep 0.05; done; false", "hot_standby": "off"]
        return PrivateCluster(directory: "\(directory.path)/\(name)", settings: settings, logger: logger)
    }

    func endRecovery() throws {
        try Data().write(to: URL(fileURLWithPath: "\(directory.path)/recovering/postgres/recovered"))
    }

    /// From now on a commit waits for the standby; returns when it is there.
    func requireStandby() async throws {
        try await run("alter system set synchronous_standby_names = '*'")
        try await run("select pg_reload_conf()")
        try await wait(for: "select count(*) = 1 from pg_stat_replication where sync_state = 'sync'")
    }

    /// The primary's machine is lost, and the standby takes over under its address.
    func failOver() async throws {
        try await primary.stop(.immediate)
        try await standby.stop(.fast)
        try replacePrimary(by: "standby", keeping: "lost")
        try await primary.start()
        try await run("select pg_promote()")
    }

    /// Puts a copy in the primary's place. Both must be stopped.
    func replacePrimary(by name: String, keeping old: String) throws {
        try FileSystem.makeDirectory("\(directory.path)/\(old)", mode: 0o711)
        try FileSystem.move("\(directory.path)/primary/postgres", to: "\(directory.path)/\(old)/postgres")
        try FileSystem.move("\(directory.path)/\(name)/postgres", to: "\(directory.path)/primary/postgres")
    }

    /// Makes a copy an ordinary server, with a history of its own.
    func stopFollowing(in name: String) throws {
        try FileSystem.remove("\(directory.path)/\(name)/postgres/standby.signal")
    }

    // MARK: Files

    var dataDirectory: String { directory.path + "/primary/postgres" }

    /// Puts the primary's write-ahead log elsewhere. It must be stopped.
    func moveWriteAheadLog(to path: String) async throws {
        try await ChildProcess.run(["mv", dataDirectory + "/pg_wal", path + "/pg_wal"])
        try FileManager.default.createSymbolicLink(
            atPath: dataDirectory + "/pg_wal",
            withDestinationPath: path + "/pg_wal"
        )
    }

    // MARK: What an administrator does

    func run(_ sql: String, on cluster: PrivateCluster? = nil) async throws {
        try await withConnection(to: cluster) { try await $0.script(sql) }
    }

    /// Asks until the answer is true.
    func wait(for statement: StaticString, on cluster: PrivateCluster? = nil) async throws {
        try await withConnection(to: cluster) { connection in
            while try await !connection.query(Statement("test_wait", statement))[0].value(0, as: Bool.self) {}
        }
    }

    func number(_ statement: StaticString, on cluster: PrivateCluster? = nil) async throws -> Int64 {
        try await withConnection(to: cluster) { connection in
            try await connection.query(Statement("test_number", statement))[0].value(0, as: Int64.self)
        }
    }

    func withConnection<T>(
        to cluster: PrivateCluster? = nil,
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        let connection = try await Connection.connect(
            ConnectionConfiguration(
                conninfo: (cluster ?? primary).conninfo,
                applicationName: "administrator"
            ),
            logger: logger
        )
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    private func remove() async throws {
        try await standby.stop(.immediate)
        try await primary.stop(.immediate)
        directory.remove()
    }
}
