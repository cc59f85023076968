package import EventLog
package import EventSourcing
import Logging

/// What `muster log` does with the partitions of a log.
package struct PartitionVerbs: Sendable {
    private let access: DatabaseAccess
    private let log: LogName
    private let logger = Logger(label: "muster")

    package init(access: DatabaseAccess, log: LogName) {
        self.access = access
        self.log = log
    }

    /// The partitions in the order of their positions, and the position of the log's last event.
    package func list() async throws -> (partitions: [LogPartition], tail: Position) {
        try await access.withDatabase(logger: logger) { database in
            let partitions = try await database.partitions(of: log)
            let tail = try await database.logs().first { $0.name == log }?.tail
            return (partitions, tail ?? .origin)
        }
    }

    /// Detaches every partition that lies before a position as a whole, the oldest first.
    ///
    /// - Parameter done: is told of each partition once it is detached.
    /// - Throws: `ArchiveRefused` for a live log.
    package func archive(before position: Position, done: (LogPartition) -> Void) async throws {
        try await access.withDatabase(logger: logger) { database in
            let partitions = try await database.partitions(of: log)
            guard try await database.logs().first(where: { $0.name == log })?.mode != .live else {
                throw ArchiveRefused(log: log)
            }
            for partition in partitions where partition.isAttached && partition.last < position {
                try await database.detachPartition(from: partition.first, of: log)
                done(partition)
            }
        }
    }

    /// Attaches the partition that begins at a position; every detached one when it is nil.
    ///
    /// - Parameter done: is told of each partition once it is attached.
    package func attach(from first: Position?, done: (LogPartition) -> Void) async throws {
        try await access.withDatabase(logger: logger) { database in
            let partitions = try await database.partitions(of: log)
            if let first, !partitions.contains(where: { $0.first == first && !$0.isAttached }) {
                throw LogPartitionError.noSuchPartition(log, first: first)
            }
            for partition in partitions where !partition.isAttached && (first ?? partition.first) == partition.first {
                try await database.attachPartition(from: partition.first, of: log)
                done(partition)
            }
        }
    }
}

/// A live log was to be archived, whose boards need all of it.
package struct ArchiveRefused: Error, CustomStringConvertible {
    package let log: LogName

    package var description: String {
        "log \(log) is live: its boards are folded from its first event, so no partition of it can be detached. "
            + "History and exercise logs can be archived."
    }
}
