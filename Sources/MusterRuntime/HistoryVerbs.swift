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

    /// Replays the log, and writes the outcome into an exercise log, which is made if it is not there.
    ///
    /// - Parameters:
    ///   - exercise: nil to write nothing.
    ///   - progress: gets the position that was read, and the last one to be; then how many rows were written, and how
    ///     many there are.
    /// - Returns: the replay; and how many events were added to the exercise log, nil when nothing was to be written.
    package func replay(
        _ choice: AnalysisChoice,
        _ changes: ReplayChanges,
        into exercise: LogName?,
        progress: @Sendable @escaping (Position, Position) -> Void
    ) async throws -> (replay: HistoryReplay, added: Int?) {
        try await access.withDatabase(logger: logger) { [log] database in
            // Before the log is read, which can take minutes, it is known whether the outcome can be written.
            let existing = exercise == nil ? [] : try await database.logs()
            let isThere = existing.contains { $0.name == exercise }
            var last: Position?
            if let exercise, isThere {
                last = try await database.withLog(exercise) { try await ReplayLog(log: $0).begun(log, choice, changes) }
            }
            let replay = try await database.withLog(log) { [last] log in
                try await HistoryReplay.make(from: log, choice, changes, through: last, progress: progress)
            }
            guard let exercise else { return (replay, nil) }
            if !isThere { try await database.createLog(exercise, mode: .exercise) }
            let added = try await database.withLog(exercise) { log in
                try await ReplayLog(log: log).write(replay) { progress(Position(Int64($0)), Position(Int64($1))) }
            }
            return (replay, added)
        }
    }
}

extension Log: ImportLog {}
