/// What an import did.
package struct ImportSummary: Hashable, Sendable {
    /// The file's name without its directory.
    package let source: String
    package let sha256: String
    package let byteCount: Int
    package let mapping: String
    package let mappingVersion: Int
    /// Rows read, rejected ones included.
    package internal(set) var rows = 0
    /// Rows that became events now.
    package internal(set) var added = 0
    /// Rows that were in the log already, with the same content.
    package internal(set) var duplicates = 0
    /// Rows whose key was in the log already with other content: they became later revisions now.
    package internal(set) var changed = 0
    /// Rows in which a stage came before the one it follows (`Mapping.stagePairs`), or an activity ended before it was
    /// begun. They are imported.
    package internal(set) var negativeIntervals = 0
    /// Rejected rows by the code of their reason.
    package internal(set) var rejects: [String: Int] = [:]
    /// Whether the file ends in the middle of a row.
    package internal(set) var isTruncated = false
    /// Whether the last line has no line end: it was imported, but if the file was cut, its last field was cut too.
    package internal(set) var lacksLastLineEnd = false
    package internal(set) var elapsed: Duration = .zero

    package var rejected: Int { rejects.values.reduce(0, +) }

    /// Whether every row of the file now stands in the log as the file has it.
    package var isComplete: Bool { rejected == 0 && !isTruncated }

    package var rowsPerSecond: Double {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        return seconds > 0 ? Double(rows) / seconds : 0
    }
}

/// How far an import is.
package struct ImportProgress: Hashable, Sendable {
    /// Rows whose fate is known.
    package let rows: Int
    package let bytes: Int
    package let totalBytes: Int
    package let elapsed: Duration

    package var rowsPerSecond: Double { seconds > 0 ? Double(rows) / seconds : 0 }

    /// Time left at the rate so far; nil before the first rows.
    package var remaining: Duration? {
        guard bytes > 0, seconds > 0 else { return nil }
        return .seconds(seconds * Double(totalBytes - bytes) / Double(bytes))
    }

    private var seconds: Double {
        Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }
}
