package import EventSourcing

/// One log in the catalogue of a database.
package struct LogEntry: Hashable, Sendable {
    package let name: LogName
    package let mode: LogMode
    /// The PostgreSQL schema with the log's tables.
    package let schema: String
    package let createdAt: Timestamp
    /// The position of the last event; nil when the log's tables cannot be read, as before a migration.
    package let tail: Position?
}

extension LogName {
    /// The PostgreSQL schema of the log. A name holds letters, digits and hyphens alone, so it needs no quoting and two
    /// names never meet in one schema.
    var schema: String { "log_" + String(rawValue.map { $0 == "-" ? "_" : $0 }) }
}
