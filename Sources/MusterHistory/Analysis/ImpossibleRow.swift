package import EventSourcing

/// A row of an imported file in which a later step has an earlier time: both are kept, and so is where to look it up.
package struct ImpossibleRow: Hashable, Sendable {
    package let caseID: String
    package let from: Label
    package let to: Label
    package let fromTime: Timestamp
    /// Before `fromTime`.
    package let toTime: Timestamp
    /// The file's name without its directory, and the line on which the row begins, from 1.
    package let file: String
    package let line: Int
    /// Whether it is one activity that ended before it was begun.
    let isOfActivity: Bool
}

extension AnalysisCounts.Impossible {
    /// Activities that ended before they were begun, by their names.
    static func activities(of rows: [ImpossibleRow]) -> [Self] {
        Dictionary(grouping: rows.filter(\.isOfActivity)) { [$0.from, $0.to] }
            .map { Self(from: $0.key[0], to: $0.key[1], rows: $0.value.count) }
            .sorted { $0.rows == $1.rows ? $0.to.name < $1.to.name : $0.rows > $1.rows }
    }
}
