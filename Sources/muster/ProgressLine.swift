import EventSourcing
import Evidence
import Glibc
import MusterBoards
import MusterHistory
import Synchronization

/// Shows on standard error how far long work is: one line that is drawn over on a terminal, a line every five seconds
/// elsewhere.
final class ProgressLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

    func show(_ progress: ImportProgress) {
        show {
            let percent = progress.totalBytes > 0 ? progress.bytes * 100 / progress.totalBytes : 0
            return Self.text(percent, "\(progress.rows) rows", progress.rowsPerSecond, progress.remaining, "rows/s")
        }
    }

    func show(_ progress: AuditProgress) {
        show {
            let percent = progress.totalEvents > 0 ? progress.events * 100 / progress.totalEvents : 0
            return Self.text(
                percent,
                "\(progress.events) events",
                progress.eventsPerSecond,
                progress.remaining,
                "events/s"
            )
        }
    }

    func show(_ progress: RebuildProgress) {
        show {
            let (done, goal) = (progress.position.rawValue, progress.goal.rawValue)
            let percent = goal > 0 ? Int(done * 100 / goal) : 0
            return Self.text(percent, "\(done) events", progress.eventsPerSecond, progress.remaining, "events/s")
        }
    }

    func show(_ progress: ReadingProgress) {
        show {
            let (done, goal) = (progress.position.rawValue, progress.goal.rawValue)
            let percent = goal > 0 ? Int(done * 100 / goal) : 0
            return Self.text(percent, "\(done) events", progress.eventsPerSecond, progress.remaining, "events/s")
        }
    }

    private static func text(
        _ percent: Int,
        _ done: String,
        _ rate: Double,
        _ remaining: Duration?,
        _ unit: String
    ) -> String {
        let text = "\(percent) %  \(done)  \(Int(rate)) \(unit)"
        return remaining.map { "\(text)  \($0.components.seconds) s left" } ?? text
    }

    private func show(_ text: () -> String) {
        let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
        let now = ContinuousClock.now
        let isDue = lastShown.withLock { last in
            if let shown = last, now < shown + pause { return false }
            last = now
            return true
        }
        guard isDue else { return }
        write(isTerminal ? "\r\u{1B}[K\(text())" : "\(text())\n")
    }

    /// Clears the line.
    func end() {
        if isTerminal, lastShown.withLock({ $0 != nil }) { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// How far a report has read its log.
struct ReadingProgress: Hashable, Sendable {
    let position: Position
    let goal: Position
    let elapsed: Duration

    var eventsPerSecond: Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(position.rawValue) / seconds : 0
    }

    /// Time left at the rate so far; nil before the first events.
    var remaining: Duration? {
        let rate = eventsPerSecond
        return rate > 0 ? .seconds(Double(goal.rawValue - position.rawValue) / rate) : nil
    }
}
