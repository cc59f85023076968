package import EventSourcing
package import Logging
import Postgres

/// One PostgreSQL database that holds logs, each in a schema of its own.
package struct LogDatabase: Sendable {
    /// The schema of what all logs share.
    static let sharedSchema = "muster"

    let conninfo: String
    let logger: Logger

    /// - Parameter conninfo: a libpq connection string or `postgresql://` URL.
    package init(conninfo: String, logger: Logger) {
        self.conninfo = conninfo
        self.logger = logger
    }

    /// Brings the database and all its logs to the schema of this program. Running it again does nothing.
    ///
    /// Only one process migrates at a time; the others wait for it.
    /// - Throws: `LogDatabaseError` when what is there is not a beginning of what this program knows, `PostgresError`.
    package func migrate() async throws {
        try await withMigrations { runner in
            try await runner.apply(Migration.database, to: Self.sharedSchema)
            for row in try await runner.connection.query(LogDatabaseSQL.logs) {
                try await runner.apply(Migration.log, to: try Self.entry(row).schema)
            }
        }
    }

    /// Creates a log in a migrated database; does nothing when it is there with the same mode.
    ///
    /// - Throws: `LogDatabaseError.modeDiffers` when it is there with another.
    package func createLog(_ name: LogName, mode: LogMode) async throws {
        try await withMigrations { runner in
            guard
                try await MigrationRunner.pending(Migration.database, of: Self.sharedSchema, on: runner.connection)
                    .isEmpty
            else { throw LogDatabaseError.schemaBehind(schema: Self.sharedSchema) }
            if let row = try await runner.connection.query(LogDatabaseSQL.log, name.rawValue).first {
                let existing = try Self.entry(row).mode
                guard existing == mode else {
                    throw LogDatabaseError.modeDiffers(log: name, existing: existing, wanted: mode)
                }
                return
            }
            // The entry comes last: a log that is in the catalogue is whole. See `LogName.schema` about quoting.
            try await runner.connection.script("create schema if not exists \(name.schema);")
            try await runner.apply(Migration.log, to: name.schema)
            try await runner.connection.execute(LogDatabaseSQL.insertLog, name.rawValue, mode.rawValue, name.schema)
        }
    }

    /// All logs of a migrated database, the oldest first.
    package func logs() async throws -> [LogEntry] {
        try await withConnection(searchPath: Self.sharedSchema) { connection in
            try await checkSchema(Self.sharedSchema, Migration.database, on: connection)
            var entries: [LogEntry] = []
            for row in try await connection.query(LogDatabaseSQL.logs) {
                let entry = try Self.entry(row)
                entries.append(
                    LogEntry(
                        name: entry.name,
                        mode: entry.mode,
                        schema: entry.schema,
                        createdAt: entry.createdAt,
                        tail: try await tail(of: entry)
                    )
                )
            }
            return entries
        }
    }

    /// Opens a log. The handle does nothing by itself until its `run()` is called, except reading.
    ///
    /// - Throws: `LogDatabaseError.noSuchLog`, `.schemaBehind` and its like, `PostgresError`.
    package func openLog(_ name: LogName, configuration: LogConfiguration = .init()) async throws -> Log {
        let entry = try await withConnection(searchPath: Self.sharedSchema) { connection in
            try await checkSchema(Self.sharedSchema, Migration.database, on: connection)
            guard let row = try await connection.query(LogDatabaseSQL.log, name.rawValue).first else {
                throw LogDatabaseError.noSuchLog(name)
            }
            let entry = try Self.entry(row)
            try await checkSchema(entry.schema, Migration.log, on: connection)
            return entry
        }
        return Log(entry: entry, conninfo: conninfo, configuration: configuration, logger: logger)
    }

    /// Fails when the schema differs from what this program knows.
    private func checkSchema(_ schema: String, _ known: [Migration], on connection: Connection) async throws {
        do {
            guard try await MigrationRunner.pending(known, of: schema, on: connection).isEmpty else {
                throw LogDatabaseError.schemaBehind(schema: schema)
            }
        } catch let error as PostgresError where error.sqlState == .undefinedTable {
            throw LogDatabaseError.schemaBehind(schema: schema)
        }
    }

    private func tail(of entry: LogEntry) async throws -> Position? {
        try await withConnection(searchPath: entry.schema) { connection in
            do {
                return Position(try await connection.query(EventReaderSQL.tail)[0].value(0, as: Int64.self))
            } catch let error as PostgresError where error.sqlState == .undefinedTable {
                return nil
            }
        }
    }

    private static func entry(_ row: Row) throws -> LogEntry {
        let (name, mode, schema, createdAt) = try row.decode(
            String.self,
            String.self,
            String.self,
            PostgresTimestamp.self
        )
        guard let logName = LogName(name), let logMode = LogMode(rawValue: mode), schema == logName.schema else {
            throw LogDatabaseError.malformedEntry(log: name)
        }
        return LogEntry(
            name: logName,
            mode: logMode,
            schema: schema,
            createdAt: Timestamp(microseconds: createdAt.microsecondsSince1970),
            tail: nil
        )
    }

    /// A connection bound to a log's schema, for one short piece of work.
    func withLogConnection<T>(
        _ name: LogName,
        lockTimeout: Duration,
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        // Says so when there is no such log, or another version's.
        _ = try await openLog(name)
        return try await withConnection(
            searchPath: name.schema,
            patience: .seconds(3_600),
            lockTimeout: lockTimeout,
            body
        )
    }

    private func withMigrations(_ body: (MigrationRunner) async throws -> Void) async throws {
        try await withConnection(searchPath: Self.sharedSchema, patience: .seconds(3_600)) { connection in
            let runner = MigrationRunner(connection: connection, logger: logger)
            try await runner.begin()
            try await body(runner)
        }
    }

    /// How long a server may take to start.
    private static let startPatience = Duration.seconds(60)

    /// - Parameters:
    ///   - patience: how long one statement may take.
    ///   - lockTimeout: how long waiting for a lock may take; as long as a statement when nil.
    private func withConnection<T>(
        searchPath: String,
        patience: Duration = .seconds(30),
        lockTimeout: Duration? = nil,
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        var configuration = ConnectionConfiguration(conninfo: conninfo, applicationName: "muster")
        configuration.searchPath = searchPath
        configuration.callTimeout = patience
        configuration.statementTimeout = patience
        configuration.lockTimeout = lockTimeout ?? patience
        let connection = try await connect(configuration)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Opens a session. A server that says it is starting, or recovering from a crash, is waited for.
    private func connect(_ configuration: ConnectionConfiguration) async throws(PostgresError) -> Connection {
        let end = ContinuousClock.now + Self.startPatience
        var isTold = false
        while true {
            do throws(PostgresError) {
                return try await Connection.connect(configuration, logger: logger)
            } catch {
                guard error.sqlState == .cannotConnectNow, ContinuousClock.now < end, !Task.isCancelled else {
                    throw error
                }
                if !isTold { logger.notice("the server is starting or recovering, and is waited for") }
                isTold = true
                // Cancelled: the next attempt ends it.
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}
