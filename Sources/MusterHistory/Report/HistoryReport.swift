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

    /// Reads a log from its beginning to its tail, as that stands when reading begins.
    ///
    /// - Throws: `HistoryError` for an event that does not read as its kind should; otherwise what the log throws.
    package static func make(from log: any EventStore) async throws -> HistoryReport {
        try await LogReading.read(log).report
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
