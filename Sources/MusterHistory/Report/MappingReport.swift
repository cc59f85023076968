package import Records

/// What the log holds of the rows of one mapping.
package struct MappingReport: Hashable, Sendable {
    /// How often an attribute has each of its values, the most frequent first.
    package struct Count: Hashable, Sendable {
        package let attribute: String
        package let words: Words
        package let values: [ValueCount]
        /// Rows without a value.
        package let missing: Int
    }

    package struct ValueCount: Hashable, Sendable {
        package let value: String
        package let rows: Int
    }

    /// How many rows reached a stage after their due time.
    package struct Lateness: Hashable, Sendable {
        package let stage: String
        package let due: String
        package let stageWords: Words
        package let dueWords: Words
        /// Rows that have both times.
        package let rows: Int
        package let late: Int
    }

    package struct LargestCase: Hashable, Sendable {
        package let id: String
        package let rows: Int
    }

    /// A file that was imported, or the import of which was interrupted.
    package struct File: Hashable, Sendable {
        package let source: String
        package let sha256: String
        package let byteCount: Int
        /// Nil as long as the import has not come to its end.
        package internal(set) var rows: Int?
        package internal(set) var rejects: [RejectCount] = []
        package internal(set) var changed = 0

        package var rejected: Int { rejects.reduce(0) { $0 + $1.rows } }
    }

    package let mapping: String
    package let version: Int
    package let title: Words
    package let rowWords: Words
    package let caseWords: Words
    package let files: [File]
    package let rows: Int
    package let cases: Int
    /// Nil when the mapping has one row a case.
    package let caseSizes: CaseSizes?
    package let counts: [Count]
    package let intervals: [IntervalReport]
    package let lateness: [Lateness]

    package struct CaseSizes: Hashable, Sendable {
        /// Cases with more than one row.
        package let several: Int
        /// The case with the most rows; of equals, the first by its name.
        package let largest: LargestCase?
    }
}

/// How many rows were rejected for one reason.
package struct RejectCount: Hashable, Sendable {
    package let reason: String
    package let rows: Int
}
