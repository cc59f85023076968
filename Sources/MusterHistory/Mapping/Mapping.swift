package import Records

/// How the rows of one kind of file become events: which columns are the case, the key, the times and the attributes.
///
/// It is written in YAML, kept whole in the log with each import (R16.5), and read back from there by the report.
package struct Mapping: Hashable, Sendable {
    /// A column that holds the time at which something was done.
    package struct Stage: Hashable, Sendable {
        package let name: String
        package let words: Words
        let column: String
    }

    /// A column that holds something else worth keeping.
    package struct Attribute: Hashable, Sendable {
        enum Kind: Hashable, Sendable {
            case text
            case integer
            /// A word of a small set; when the mapping lists the set, other words are refused.
            case choice([String])
            /// An instant at which nothing was done, as a due time.
            case time
        }

        /// Which part of a field is the attribute.
        enum Part: Hashable, Sendable {
            case whole
            /// What stands before the first such text; without it, all.
            case before(String)
            /// What stands behind the first such text; without it, nothing.
            case after(String)
        }

        package let name: String
        package let words: Words
        let column: String
        let kind: Kind
        var part = Part.whole
    }

    /// What the report says about the rows besides how many there are.
    struct Plan: Hashable, Sendable {
        struct Interval: Hashable, Sendable {
            /// Names of stages.
            let from: String
            let to: String
        }

        struct Lateness: Hashable, Sendable {
            /// The name of the stage that can be late, and of the time attribute that says when it was due.
            let stage: String
            let due: String
        }

        /// Names of attributes whose values are counted.
        var counts: [String] = []
        var intervals: [Interval] = []
        var lateness: [Lateness] = []
        /// Whether cases have several rows, so that their sizes tell something.
        var hasCaseSizes = false
    }

    package let name: String
    package let version: Int
    package let title: Words
    /// What one row and one case are called.
    let rowWords: Words
    let caseWords: Words
    /// The YAML that all of this was read from.
    package let text: String

    let format: Format
    /// The IANA time zone of times without an offset.
    let zone: String?
    let patterns: [TimePattern]
    /// Fields that mean that nothing is known, besides the empty one.
    let nullWords: [String]
    /// The columns that together name the case; none: each row is a case of its own.
    let caseColumns: [String]
    /// The columns that together name a row; none: a row is named by its content.
    let keyColumns: [String]
    let requiredColumns: [String]
    /// The column whose text is what was done: then a row is one event. Without it each stage is one.
    package let activityColumn: String?
    /// The column that says when an activity happened, or was completed.
    package let atColumn: String?
    /// The column that says when an activity was begun.
    package let startedColumn: String?
    /// In the order in which they usually happen. Empty only where there is an activity.
    package let stages: [Stage]
    package let attributes: [Attribute]
    package let roles: Roles
    /// What says something of a person, for which exports and analysts get pseudonyms: names of attributes, and `case` and
    /// `key` where the ids of cases and rows do.
    let personal: [String]
    let plan: Plan
}

extension Mapping {
    /// The words for the ids of cases and of rows among what is personal.
    static let personalCase = "case"
    static let personalKey = "key"

    /// Indices of stages between which time is measured, and of which the second cannot come before the first: those of
    /// the report's intervals, and without any each stage and the one behind it.
    var stagePairs: [(from: Int, to: Int)] {
        let named = plan.intervals.compactMap { interval -> (from: Int, to: Int)? in
            guard let from = stages.firstIndex(where: { $0.name == interval.from }),
                let to = stages.firstIndex(where: { $0.name == interval.to })
            else { return nil }
            return (from, to)
        }
        guard named.isEmpty, activityColumn == nil else { return named }
        return stages.indices.dropFirst().map { (from: $0 - 1, to: $0) }
    }

    /// The column that counts the part of a row that a column belongs to, from 1, and is 0 where a row has no such part:
    /// an alert need not have any info. Nil where each row has all its parts.
    func partCounter(of column: String) -> String? {
        format.type == .cap && column.hasPrefix("info.") ? CAPRows.infoCounter : nil
    }
}
