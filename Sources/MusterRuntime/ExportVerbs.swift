import EventLog
package import EventSourcing
package import Evidence
import Logging
package import MusterHistory
import PersonalData

/// Writes a log into files that other tools read.
package struct ExportVerbs: Sendable {
    private let access: DatabaseAccess
    private let log: LogName
    private let keyDirectory: String
    private let logger = Logger(label: "muster")

    /// - Parameter keyDirectory: of the key by which personal fields are read, when a purpose is named.
    package init(access: DatabaseAccess, log: LogName, keyDirectory: String) {
        self.access = access
        self.log = log
        self.keyDirectory = keyDirectory
    }

    /// Writes the log's events into a file; see `FileExport`.
    package func export(
        _ options: ExportOptions,
        to path: String,
        progress: @Sendable @escaping (AuditProgress) -> Void
    ) async throws -> ExportSummary {
        try await access.withDatabase(logger: logger) { [log, keyDirectory, logger] database in
            try await database.withLog(log) { log in
                guard options.purpose != nil else {
                    return try await FileExport(log: log, options: options).run(to: path, progress: progress)
                }
                return try await PersonKeyFile.withStore(of: log, directory: keyDirectory, logger: logger) { store in
                    let personal = store as? PersonalStore
                    let export = FileExport(log: log, options: options) { events in
                        try await personal?.decrypted(events) ?? events
                    }
                    return try await export.run(to: path, progress: progress)
                }
            }
        }
    }
}
