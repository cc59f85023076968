package import EventSourcing
package import Records

/// What a log says happened: counts of everything, how long stages took, and for imports what their mappings ask.
package struct HistoryReport: Hashable, Sendable {
    package struct TypeCount: Hashable, Sendable {
        package let type: EventType
        package let count: Int
    }

    package let log: LogName
    package let mode: LogMode
    /// The last event that was read. A report of the same log up to the same position is the same report.
    package let position: Position
    /// When the first event happened and when the last; nil for an empty log.
    package let firstOccurredAt: Timestamp?
    package let lastOccurredAt: Timestamp?
    /// In the order of their names.
    package let types: [TypeCount]
    /// One for each mapping, in the order of their first import.
    package let imports: [MappingReport]
    /// Nil when no whistle was ever blown.
    package let whistles: WhistleReport?

    package var events: Int { types.reduce(0) { $0 + $1.count } }
    package var isEmpty: Bool { types.isEmpty }

    private static let pageLimit = 1_000

    /// Reads a log from its beginning to its tail, as that stands when reading begins.
    ///
    /// - Throws: `HistoryError` for an event that does not read as its kind should; otherwise what the log throws.
    package static func make(from log: any EventStore) async throws -> HistoryReport {
        let tail = try await log.tail()
        // A later import may bring another text of the same mapping. The latest one tells what to gather, so rows that
        // were gathered before it was seen are gathered again.
        var fold = try await fold(log, through: tail, known: [:])
        if fold.isOutdated { fold = try await Self.fold(log, through: tail, known: fold.latest) }
        return fold.report(of: log, at: tail)
    }

    private static func fold(
        _ log: any EventStore,
        through tail: Position,
        known: [String: Mapping]
    ) async throws -> ReportFold {
        var fold = ReportFold(known: known)
        var position = Position.origin
        while position < tail {
            try Task.checkCancellation()
            let limit = min(pageLimit, Int(tail.rawValue - position.rawValue))
            let page = try await log.events(after: position, limit: limit)
            guard let last = page.last else { break }
            for event in page {
                do throws(Problems) {
                    try fold.take(event)
                } catch {
                    throw HistoryError.unreadableEvent(event.position, event.type, error)
                }
            }
            position = last.position
        }
        return fold
    }
}

/// Why there is no report.
package enum HistoryError: Error, Hashable, Sendable {
    /// An event is not what its type says.
    case unreadableEvent(Position, EventType, Problems)
}

extension HistoryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadableEvent(let position, let type, let problems):
            let problem = problems.list.first
            return "event \(position) (\(type)) cannot be read: \(problem?.pointer ?? "") \(problem?.words.en ?? "")"
        }
    }
}
