import EventLog
package import EventSourcing
import Logging
package import MusterBoards

/// What `muster rebuild` does with the stored rows of a board.
package struct BoardVerbs: Sendable {
    private let access: DatabaseAccess
    private let log: LogName
    private let logger = Logger(label: "muster")

    package init(access: DatabaseAccess, log: LogName) {
        self.access = access
        self.log = log
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
        try await access.withDatabase(logger: logger) { [log] database in
            try await database.withLog(log) { log in
                var configuration = BoardRebuild.Configuration()
                configuration.purpose = purpose
                let rebuild = BoardRebuild(log: log, holder: Daemon.processName, configuration: configuration)
                return try await rebuild.run(board, progress: progress, waiting: waiting)
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
