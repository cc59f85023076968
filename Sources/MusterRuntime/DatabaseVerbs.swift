import EventLog
package import EventSourcing
import Logging

/// What the tool's verbs do with the database besides imports and reports.
package enum DatabaseVerbs {
    /// Brings the schema up to this build's, and makes a live log if one is named and not there.
    package static func migrate(_ access: DatabaseAccess, creating log: LogName?) async throws {
        try await access.withDatabase(logger: Logger(label: "muster")) { database in
            try await database.migrate()
            if let log { try await database.createLog(log, mode: .live) }
        }
    }
}
