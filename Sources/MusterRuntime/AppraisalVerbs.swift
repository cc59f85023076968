import EventLog
package import EventSourcing
import Logging
package import MusterDomain

/// What `muster appraise` does with a log.
package struct AppraisalVerbs: Sendable {
    private static let pageSize = 4_000

    private let access: DatabaseAccess
    private let log: LogName
    private let keyDirectory: String
    private let logger = Logger(label: "muster")

    /// - Parameter keyDirectory: of the key by which a log's events are read, where some are encrypted.
    package init(access: DatabaseAccess, log: LogName, keyDirectory: String) {
        self.access = access
        self.log = log
        self.keyDirectory = keyDirectory
    }

    /// An appraisal, and what the log gives now for the same formula, period and position.
    package struct Check: Sendable {
        package let published: AppraisalPublished
        package let lines: [AppraisalLine]

        package var isReproduced: Bool { lines == published.lines }
    }

    /// How parties stood in a period, by all that the log holds.
    ///
    /// - Returns: the command that would publish it.
    package func appraise(
        _ appraisal: AppraisalID,
        by formula: AppraisalFormula,
        from: Timestamp,
        to: Timestamp
    ) async throws -> PublishAppraisal {
        try await withStore { store in
            let tail = try await store.tail()
            let lines = try await Self.lines(formula, from: from, to: to, through: tail, of: store)
            return PublishAppraisal(
                appraisal: appraisal,
                formula: formula,
                from: from,
                to: to,
                through: Int(tail.rawValue),
                lines: lines
            )
        }
    }

    /// Computes a published appraisal again; nil when there is none of that name.
    package func check(_ appraisal: AppraisalID) async throws -> Check? {
        try await withStore { store in
            let stream = Appraisal.stream(appraisal)
            guard let recorded = try await store.events(of: stream, after: .none, limit: 1).first,
                case .appraisal(.published(let published)) = try Fact(recorded).event
            else { return nil }
            let lines = try await Self.lines(
                published.formula,
                from: published.from,
                to: published.to,
                through: Position(Int64(published.through)),
                of: store
            )
            return Check(published: published, lines: lines)
        }
    }

    private static func lines(
        _ formula: AppraisalFormula,
        from: Timestamp,
        to: Timestamp,
        through end: Position,
        of store: any EventStore
    ) async throws -> [AppraisalLine] {
        var fold = AppraisalFold(formula, from: from, to: to)
        var position = Position.origin
        while position < end {
            try Task.checkCancellation()
            let limit = Int(clamping: min(end.rawValue - position.rawValue, Int64(pageSize)))
            let page = try await store.events(after: position, limit: limit)
            guard let last = page.last else { break }
            // An event that cannot be read ends it: an appraisal with less would be another one.
            for recorded in page where recorded.stream.category == "matter" { fold.fold(try Fact(recorded)) }
            position = last.position
        }
        return fold.lines
    }

    private func withStore<Result: Sendable>(
        _ body: @Sendable @escaping (any EventStore) async throws -> Result
    ) async throws -> Result {
        try await access.withDatabase(logger: logger) { [log, keyDirectory, logger] database in
            try await database.withLog(log) { log in
                try await PersonKeyFile.withStore(of: log, directory: keyDirectory, logger: logger, body)
            }
        }
    }
}
