import Metrics
import Synchronization

/// Count, duration and errors of one statement. Labels are bounded: statement names are static text.
struct StatementMetrics: Sendable {
    let duration: Metrics.Timer
    let errors: Counter

    private static let cache = Mutex<[String: StatementMetrics]>([:])

    /// The instruments of the statement, made once per process.
    static func named(_ name: String) -> StatementMetrics {
        cache.withLock { cache in
            if let known = cache[name] { return known }
            let made = StatementMetrics(
                duration: Metrics.Timer(
                    label: "postgres_statement_duration_seconds",
                    dimensions: [("statement", name)]
                ),
                errors: Counter(label: "postgres_statement_errors_total", dimensions: [("statement", name)])
            )
            cache[name] = made
            return made
        }
    }

    func record(since start: ContinuousClock.Instant, failed: Bool) {
        duration.recordNanoseconds(start.duration(to: .now).nanoseconds)
        if failed { errors.increment() }
    }
}

extension Duration {
    /// Whole nanoseconds; the largest number when there are more.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product &+ attoseconds / 1_000_000_000
    }
}
