import Glibc
import MusterHistory
import Synchronization

/// Shows on standard error how far an import is: one line that is drawn over on a terminal, a line every five seconds
/// elsewhere.
final class ProgressLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

    func show(_ progress: ImportProgress) {
        let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
        let now = ContinuousClock.now
        let isDue = lastShown.withLock { last in
            if let shown = last, now < shown + pause { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let percent = progress.totalBytes > 0 ? progress.bytes * 100 / progress.totalBytes : 0
        var text = "\(percent) %  \(progress.rows) rows  \(Int(progress.rowsPerSecond)) rows/s"
        if let remaining = progress.remaining { text += "  \(remaining.components.seconds) s left" }
        write(isTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
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
