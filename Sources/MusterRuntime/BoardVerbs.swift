import EventLog
package import EventSourcing
import Logging
package import MusterBoards

/// What `muster rebuild` does with the stored rows of a board.
package struct BoardVerbs: Sendable {
    private let access: DatabaseAccess
    private let log: LogName
    private let keyDirectory: String
    private let logger = Logger(label: "muster")

    /// - Parameter keyDirectory: of the key by which a board's events are read, where some are encrypted.
    package init(access: DatabaseAccess, log: LogName, keyDirectory: String) {
        self.access = access
        self.log = log
        self.keyDirectory = keyDirectory
    }

    /// Makes a board anew from the first event of the log; see `BoardRebuild`.
    ///
    /// - Parameters:
    ///   - progress: is told of each page of events.
    ///   - waiting: is told once who makes this board already, while it is waited for that to end.
    /// - Throws: `RebuildError`, and what the log and the database throw.
    package func rebuild(
        _ board: String,
        _ purpose: BoardRebuild.Purpose,
        progress: @Sendable @escaping (RebuildProgress) -> Void,
        waiting: @Sendable @escaping (String) -> Void
    ) async throws -> RebuildReport {
        try await access.withDatabase(logger: logger) { [log, keyDirectory, logger] database in
            try await database.withLog(log) { log in
                var configuration = BoardRebuild.Configuration()
                configuration.purpose = purpose
                return try await PersonKeyFile.withStore(of: log, directory: keyDirectory, logger: logger) {
                    [configuration] store in
                    let rebuild = BoardRebuild(
                        pool: log.pool,
                        holder: Daemon.processName,
                        configuration: configuration,
                        tail: { try await store.tail() },
                        events: { try await store.events(after: $0, limit: $1) }
                    )
                    return try await rebuild.run(board, progress: progress, waiting: waiting)
                }
            }
        }
    }

    /// Lets people read the rows that they read before the last rebuild.
    ///
    /// - Returns: version and position of these rows.
    /// - Throws: `RebuildError`, `PostgresError`.
    package func goBack(_ board: String) async throws -> (version: Int, position: Position) {
        try await access.withDatabase(logger: logger) { [log] database in
            try await database.withLog(log) { log in
                let rows = try await BoardRebuild(log: log, holder: Daemon.processName).goBack(board)
                return rows
            }
        }
    }
}
