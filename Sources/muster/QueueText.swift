import EventSourcing
import TaskQueue

/// A queue as the terminal shows it.
enum QueueText {
    static func table(_ report: QueueReport) -> String {
        var lines: [String] = []
        if let at = report.reportedAt {
            lines.append("Dispatched by \(report.leader ?? "?"), as of \(at.rfc3339).")
        } else {
            lines.append("No dispatcher answers: nothing is handed out. A process with the role 'worker' dispatches.")
        }
        if report.lanes.isEmpty {
            lines.append("Nothing waits, and nothing was done within the last hour.")
        } else {
            lines += grid([header] + report.lanes.map { cells($0, report) }, numbers: 2...9)
        }
        for (agency, count) in report.dead.sorted(by: { $0.key < $1.key }) {
            lines.append("\(agency): \(count) dead letter\(count == 1 ? "" : "s"); see 'muster queue dead'.")
        }
        return lines.joined(separator: "\n")
    }

    private static let header = [
        "agency", "kind", "ready", "later", "leased", "oldest", "done/h", "retried/h", "dead/h", "mean wait", "limits",
    ]

    private static func cells(_ lane: QueueReport.Lane, _ report: QueueReport) -> [String] {
        [
            lane.agency, lane.kind, "\(lane.ready)", "\(lane.scheduled)", "\(lane.leased)", age(lane, report),
            "\(lane.done)", "\(lane.retried)", "\(lane.buried)", lane.meanWaitSeconds.map(seconds) ?? "–",
            limits(lane, report.limits),
        ]
    }

    private static func age(_ lane: QueueReport.Lane, _ report: QueueReport) -> String {
        guard let oldest = lane.oldest, let now = report.reportedAt else { return "–" }
        return seconds(now.since(oldest) / .seconds(1))
    }

    static func seconds(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.9995: "\(Int((max(0, seconds) * 1_000).rounded())) ms"
        case ..<120: "\(Int(seconds.rounded())) s"
        case ..<7_200: "\(Int((seconds / 60).rounded())) min"
        case ..<172_800: "\(Int((seconds / 3_600).rounded())) h"
        default: "\(Int((seconds / 86_400).rounded())) d"
        }
    }

    /// What bounds a lane: its own limits, and those of its agency.
    private static func limits(_ lane: QueueReport.Lane, _ limits: QueueLimits) -> String {
        let scopes = [
            limits[.init(agency: lane.agency, kind: nil)] ?? limits[.init(agency: nil, kind: nil)],
            limits[.init(agency: lane.agency, kind: lane.kind)] ?? limits[.init(agency: nil, kind: lane.kind)],
        ]
        let words = scopes.compactMap(\.self).map(words).filter { !$0.isEmpty }
        return words.isEmpty ? "none" : words.joined(separator: "; ")
    }

    static func words(_ limit: QueueLimit) -> String {
        var words: [String] = []
        if limit.isPaused { words.append("paused") }
        if let concurrency = limit.concurrency { words.append("\(concurrency) at a time") }
        if let rate = limit.rate { words.append("\(rate.tasks) in \(rate.seconds) s, \(rate.burst) at once") }
        return words.joined(separator: ", ")
    }

    /// Columns of equal width; numbers are set to the right.
    static func grid(_ rows: [[String]], numbers: ClosedRange<Int>) -> [String] {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return numbers.contains(column) ? padding + cell : cell + padding
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
