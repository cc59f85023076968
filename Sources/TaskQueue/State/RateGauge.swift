import EventSourcing

/// How many tasks may start in a time.
///
/// In any stretch of time at most `burst` tasks start, and as many more as `tasks` allows for in its length: it is a bucket
/// that holds `burst` and is filled with one after the other.
package struct Rate: Hashable, Sendable {
    package let tasks: Int32
    package let seconds: Int32
    package let burst: Int32

    /// - Returns: nil unless all are above zero.
    package init?(tasks: Int32, seconds: Int32, burst: Int32 = 1) {
        guard tasks > 0, seconds > 0, burst > 0 else { return nil }
        self.tasks = tasks
        self.seconds = seconds
        self.burst = burst
    }

    /// From one task to the next, in nanoseconds; rounded up, so that there are never more.
    fileprivate var interval: Int64 {
        (Int64(seconds) * 1_000_000_000 + Int64(tasks) - 1) / Int64(tasks)
    }
}

/// The bucket of one rate, as the one time at which it will be full again. What is full is forgotten without loss.
struct RateGauge: Sendable {
    var rate: Rate?
    /// Nanoseconds since 1970.
    private(set) var fullAt: Int64 = 0
    /// The last step that was in what was restored.
    private var restored: Int64 = 0

    /// How many may start now.
    func allowance(at now: Timestamp) -> Int {
        guard let rate else { return .max }
        let missing = max(0, fullAt - now.nanoseconds)
        return Int(max(0, (Int64(rate.burst) * rate.interval - missing) / rate.interval))
    }

    /// From when on one more may start; nil when one may start now.
    func nextStart(at now: Timestamp) -> Timestamp? {
        guard let rate, allowance(at: now) == 0 else { return nil }
        let nanoseconds = fullAt - Int64(rate.burst - 1) * rate.interval
        return Timestamp(microseconds: (nanoseconds + 999) / 1_000)
    }

    /// Notes that tasks started. Beyond the allowance it counts them all the same: what happened before a rate was changed
    /// is to be made up for.
    mutating func start(_ count: Int, at time: Timestamp) {
        guard let rate else { return }
        fullAt = max(fullAt, time.nanoseconds) + Int64(count) * rate.interval
    }

    /// The same for what a step of before started, unless it was in what was restored.
    mutating func start(_ count: Int, at time: Timestamp, in step: Int64) {
        if step > restored { start(count, at: time) }
    }

    mutating func restore(_ gauge: StoredGauge) {
        fullAt = gauge.fullAt
        restored = gauge.step
    }
}

extension Timestamp {
    /// Since 1970; clocks of the years 1678 to 2262 only.
    fileprivate var nanoseconds: Int64 { microseconds &* 1_000 }
}
