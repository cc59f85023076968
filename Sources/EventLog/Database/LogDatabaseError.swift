package import EventSourcing

/// Why a database cannot be used as it is; the description says what to do.
package enum LogDatabaseError: Error, Hashable, Sendable {
    /// The schema is older than this program, or not there at all.
    case schemaBehind(schema: String)
    /// A newer program has already migrated the schema.
    case schemaFromFuture(schema: String, number: Int32, name: String)
    /// The text of a migration is another than when it was applied.
    case migrationChanged(schema: String, number: Int32, name: String)
    /// A migration is missing among those applied.
    case migrationGap(schema: String, expected: Int32, found: Int32)
    /// The log is there, for another purpose.
    case modeDiffers(log: LogName, existing: LogMode, wanted: LogMode)
    case noSuchLog(LogName)
    /// A row of the catalogue of logs makes no sense.
    case malformedEntry(log: String)
    /// The database does not store text as UTF-8.
    case encoding(String)
}

extension LogDatabaseError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .schemaBehind(let schema):
            "schema \(schema) is not up to date: run `muster migrate`"
        case .schemaFromFuture(let schema, let number, let name):
            "schema \(schema) has migration \(number) (\(name)), which this version does not know: use a newer version"
        case .migrationChanged(let schema, let number, let name):
            "migration \(number) (\(name)) of schema \(schema) was applied with another text: use the version that applied it"
        case .migrationGap(let schema, let expected, let found):
            "schema \(schema) lacks migration \(expected) but has \(found): restore muster.migrations"
        case .modeDiffers(let log, let existing, let wanted):
            "log \(log) exists with mode \(existing.rawValue), not \(wanted.rawValue): a log's mode never changes"
        case .noSuchLog(let log):
            "there is no log \(log) in this database"
        case .malformedEntry(let log):
            "the entry of log \(log) in muster.logs makes no sense"
        case .encoding(let encoding):
            "the database stores text as \(encoding); it must be UTF8"
        }
    }
}
