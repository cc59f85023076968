import EventLog
package import EventSourcing
import Logging
package import MusterHistory

/// Imports and reports on the database that a verb was given.
package struct HistoryVerbs: Sendable {
    private let access: DatabaseAccess
    private let log: LogName
    private let logger = Logger(label: "muster")

    package init(access: DatabaseAccess, log: LogName) {
        self.access = access
        self.log = log
    }

    /// Imports a file into the log, which is made as a history log if it is not there.
    package func importFile(
        _ path: String,
        mapping: Mapping,
        progress: @Sendable @escaping (ImportProgress) -> Void,
        rejected: @Sendable @escaping (RejectedRow) throws -> Void
    ) async throws -> ImportSummary {
        let input = try await ImportInput.open(path, mapping: mapping)
        return try await access.withDatabase(logger: logger) { [log] database in
            try await database.migrate()
            try await database.createLog(log, mode: .history)
            return try await database.withLog(log) { log in
                try await Importer(log: log).run(input, progress: progress, rejected: rejected)
            }
        }
    }

    /// Reads the whole log and makes its report.
    ///
    /// - Parameter progress: gets the position that was read, and the last one to be.
    package func report(
        _ choice: AnalysisChoice,
        progress: @Sendable @escaping (Position, Position) -> Void
    ) async throws -> LogReport {
        try await access.withDatabase(logger: logger) { [log] database in
            try await database.withLog(log) { log in
                try await LogReport.make(from: log, choice, progress: progress)
            }
        }
    }
}

extension Log: ImportLog {}
