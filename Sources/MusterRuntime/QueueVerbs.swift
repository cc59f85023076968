import EventLog
package import EventSourcing
import Logging
import Postgres
package import TaskQueue

/// What `muster queue` does with the tasks of a log.
package struct QueueVerbs: Sendable {
    private let access: DatabaseAccess
    private let log: LogName
    private let logger = Logger(label: "muster")

    package init(access: DatabaseAccess, log: LogName) {
        self.access = access
        self.log = log
    }

    /// Runs the body with the log's queue, and a line to its dispatcher.
    package func withQueue<Result: Sendable>(
        _ body: @Sendable @escaping (Queue) async throws -> Result
    ) async throws -> Result {
        try await access.withDatabase(logger: logger) { database in
            let log = try await database.openLog(log)
            let queue = Queue(
                pool: log.pool,
                connecting: log.connecting,
                process: Daemon.processName,
                logger: logger
            )
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await log.pool.run() }
                group.addTask { await queue.run() }
                defer { group.cancelAll() }
                return try await body(queue)
            }
        }
    }
}
