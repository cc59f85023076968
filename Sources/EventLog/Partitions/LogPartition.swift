package import EventSourcing

/// A range of a log's positions that is stored in a table of its own.
package struct LogPartition: Hashable, Sendable {
    package let first: Position
    package let last: Position
    /// When it was taken out of the log; nil while it is attached.
    package let detachedAt: Timestamp?

    package var isAttached: Bool { detachedAt == nil }
    /// The name of its table in the log's schema.
    package var table: String { "events_from_\(first)" }
}

/// Why a partition was not detached or attached; nothing was changed.
package enum LogPartitionError: Error, Hashable, Sendable {
    /// There is no partition in that state that begins at the position.
    case noSuchPartition(LogName, first: Position)
    /// It holds the end of the log, which stays.
    case holdsTail(LogName, first: Position)
    /// Its table does not hold each of its positions.
    case incomplete(LogName, first: Position)
    /// Its table is not there.
    case noTable(LogName, table: String)
    /// Readers or writers of the log did not pause within the time.
    case busy(LogName)
}

extension LogPartitionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchPartition(let log, let first):
            "log \(log) has no such partition from position \(first); see: muster log partitions"
        case .holdsTail(let log, let first):
            "the partition from position \(first) holds the end of log \(log), which cannot be detached"
        case .incomplete(let log, let first):
            "the partition from position \(first) of log \(log) lacks events; restore its table whole and try again"
        case .noTable(let log, let table):
            "log \(log) has no table \(table); restore it under this name and try again"
        case .busy(let log):
            "log \(log) was busy all the time; nothing was changed, try again"
        }
    }
}
