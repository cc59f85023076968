package import EventSourcing
import Postgres

extension LogDatabase {
    /// How long one attempt waits for readers and writers of the log to pause: they wait as long.
    private static let lockPatience = Duration.milliseconds(500)
    private static let attempts = 40

    /// The partitions of a log in the order of their positions.
    package func partitions(of log: LogName) async throws -> [LogPartition] {
        try await withLogConnection(log, lockTimeout: .seconds(10)) { connection in
            try await connection.query(LogPartitionsSQL.list).map { row in
                let (first, last, detachedAt) = try row.decode(Int64.self, Int64.self, PostgresTimestamp?.self)
                return LogPartition(
                    first: Position(first),
                    last: Position(last),
                    detachedAt: detachedAt.map { Timestamp(microseconds: $0.microsecondsSince1970) }
                )
            }
        }
    }

    /// Takes a full partition out of a log. Its events cannot be read until it is attached again; its table stays in the
    /// log's schema. Versions and receipts of what is in it stay known.
    ///
    /// - Throws: `LogPartitionError`, `PostgresError`.
    package func detachPartition(from first: Position, of log: LogName) async throws {
        try await change(LogPartitionsSQL.detach, first, log)
    }

    /// Puts a detached partition back.
    ///
    /// - Throws: `LogPartitionError`, `PostgresError`.
    package func attachPartition(from first: Position, of log: LogName) async throws {
        try await change(LogPartitionsSQL.attach, first, log)
    }

    private func change(_ statement: Statement, _ first: Position, _ log: LogName) async throws {
        try await withLogConnection(log, lockTimeout: Self.lockPatience) { connection in
            for _ in 0..<Self.attempts {
                do {
                    _ = try await connection.query(statement, first.rawValue)
                    return
                } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
                    // Long readers hold it: let who queued behind us go first.
                    try await Task.sleep(for: Self.lockPatience)
                } catch let error as PostgresError {
                    switch error.sqlState {
                    case SQLState("ML002"): throw LogPartitionError.noSuchPartition(log, first: first)
                    case SQLState("ML003"): throw LogPartitionError.holdsTail(log, first: first)
                    case SQLState("ML004"): throw LogPartitionError.incomplete(log, first: first)
                    case .undefinedTable: throw LogPartitionError.noTable(log, table: "events_from_\(first)")
                    default: throw error
                    }
                }
            }
            throw LogPartitionError.busy(log)
        }
    }
}
