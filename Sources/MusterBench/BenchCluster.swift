import EventLog
import EventSourcing
import Foundation
import Logging
import MusterRuntime
import PostgresServer

/// The private cluster that a run measures on, in a temporary directory of its own.
struct BenchCluster: Sendable {
    let isQuick: Bool
    let logger: Logger
    let database: LogDatabase
    let cluster: PrivateCluster
    private let directory: String

    /// How long one run of a benchmark lasts.
    var runTime: Duration { isQuick ? .seconds(2) : .seconds(6) }
    var runCount: Int { isQuick ? 1 : 3 }

    static func start(isQuick: Bool) async throws -> BenchCluster {
        let logger = Logger(label: "muster.bench")
        let directory = NSTemporaryDirectory() + "muster-bench-\(ProcessInfo.processInfo.processIdentifier)"
        say("starting a PostgreSQL cluster in \(directory)")
        // Room for write-ahead log, so that no checkpoint falls into a run; durability stays as it is by default: on.
        let settings = ["shared_buffers": "1GB", "max_wal_size": "8GB", "min_wal_size": "2GB"]
        let cluster = PrivateCluster(directory: directory, settings: settings, logger: logger)
        try await cluster.start()
        let database = LogDatabase(conninfo: cluster.conninfo, logger: logger)
        try await database.migrate()
        return BenchCluster(
            isQuick: isQuick,
            logger: logger,
            database: database,
            cluster: cluster,
            directory: directory
        )
    }

    /// Makes the server one that has worked before, as any in use has: its shared buffers have memory behind them, and
    /// there are files of write-ahead log to be used again. Otherwise what is measured first pays for that.
    func workIn() async throws {
        Self.say("working the server in")
        for statement in [
            "create table worked_in (filler text)", "alter table worked_in alter filler set storage plain",
            // One row a page, as many as there are shared buffers.
            """
            insert into worked_in
            select repeat('x', 8000)
            from pg_settings, generate_series(1, setting::integer)
            where name = 'shared_buffers'
            """,
            "checkpoint", "drop table worked_in",
        ] {
            _ = try await run("psql", ["-qXc", statement, "-d", cluster.conninfo])
        }
    }

    func remove() async throws {
        try await cluster.stop(.immediate)
        try FileManager.default.removeItem(atPath: directory)
    }

    /// Opens a new, empty log and runs `body` while the log's services run.
    func withLog<Result: Sendable>(
        _ name: String,
        mode: LogMode = .live,
        _ body: @Sendable @escaping (Log) async throws -> Result
    ) async throws -> Result {
        guard let name = LogName(name) else { throw BenchError("'\(name)' is no name for a log") }
        try await database.createLog(name, mode: mode)
        return try await database.withLog(name, body)
    }

    /// Has everything written back that was written so far.
    func writeBack() async throws {
        _ = try await run("psql", ["-qXc", "checkpoint", "-d", cluster.conninfo])
    }

    /// A line of what was measured on: machine and settings that matter.
    func settings() async throws -> String {
        let names = ["server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers"]
        var parts: [String] = []
        for name in names {
            let value = try await run("psql", ["-AtXc", "show \(name)", "-d", cluster.conninfo])
            parts.append("\(name)=\(value.trimmingCharacters(in: .whitespacesAndNewlines))")
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let memory = ProcessInfo.processInfo.physicalMemory >> 30
        return "\(cores) cores, \(memory) GiB; " + parts.joined(separator: " ")
    }

    static func say(_ text: String) {
        FileHandle.standardError.write(Data("· \(text)\n".utf8))
    }

    /// Runs a program of the server's package to its end and returns what it printed.
    func run(_ program: String, _ arguments: [String]) async throws -> String {
        try await ChildProcess.run([program] + arguments)
    }
}

struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
