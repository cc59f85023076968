import EventSourcing
import MusterHistory

/// What an import did, for a person.
struct ImportText {
    let summary: ImportSummary
    let log: LogName
    let rejects: String?

    var text: String {
        var lines = [
            "\(summary.source) → log \(log), mapping \(summary.mapping) version \(summary.mappingVersion)",
            "  rows read    \(summary.rows)",
            "  added        \(summary.added)",
            "  there before \(summary.duplicates)",
        ]
        if summary.changed > 0 {
            lines.append("  changed      \(summary.changed)  (same key, other content: added as later revisions)")
        }
        if summary.negativeIntervals > 0 {
            lines.append(
                "  odd times    \(summary.negativeIntervals)  (a later step before an earlier one; imported as they are)"
            )
            lines.append("               Which rows: muster report \(log) --query impossible")
        }
        for (reason, count) in summary.rejects.sorted(by: { $0.key < $1.key }) {
            lines.append("  rejected     \(count)  \(reason)")
        }
        if summary.isTruncated { lines.append("  The file ends in the middle of a row.") }
        if summary.lacksLastLineEnd {
            lines.append("  The last line has no line end: if the file was cut, its last field was cut too.")
        }
        if let rejects { lines.append("  Rows that were not taken, with line, column and reason: \(rejects)") }
        lines.append("  \(Int(summary.rowsPerSecond)) rows/s")
        return lines.joined(separator: "\n")
    }
}
