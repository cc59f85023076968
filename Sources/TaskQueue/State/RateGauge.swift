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

    /// How long an empty bucket takes to be full, in nanoseconds; at most some seventy years.
    fileprivate var capacity: Int64 {
        let (capacity, isTooLong) = Int64(burst).multipliedReportingOverflow(by: interval)
        return isTooLong ? Int64.max / 4 : min(capacity, .max / 4)
    }
}

/// The bucket of one rate, as the one time at which it will be full again. What is full is forgotten without loss.
struct RateGauge: Sendable {
    private(set) var rate: Rate?
    /// Nanoseconds since 1970.
    private(set) var fullAt: Int64 = 0
    /// The last step that was in what was restored.
    private var restored: Int64 = 0

    init(_ rate: Rate? = nil) { self.rate = rate }

    /// How many may start now.
    func allowance(at now: Timestamp) -> Int {
        guard let rate else { return .max }
        let missing = max(0, fullAt - now.nanoseconds)
        return Int(max(0, (rate.capacity - missing) / rate.interval))
    }

    /// From when on one more may start; nil when one may start now.
    func nextStart(at now: Timestamp) -> Timestamp? {
        guard let rate, allowance(at: now) == 0 else { return nil }
        let nanoseconds = fullAt - (rate.capacity - rate.interval)
        return Timestamp(microseconds: (nanoseconds + 999) / 1_000)
    }

    /// Notes that tasks started. Beyond the allowance, as when they started under another rate, the bucket is empty and not
    /// emptier than that: the rate that holds now is kept, and nobody waits for what was allowed before.
    mutating func start(_ count: Int, at time: Timestamp) {
        guard let rate else { return }
        let (taken, isTooMuch) = Int64(count).multipliedReportingOverflow(by: rate.interval)
        let missing = max(0, fullAt - time.nanoseconds)
        let isEmpty = isTooMuch || taken >= rate.capacity - min(missing, rate.capacity)
        fullAt = time.nanoseconds + (isEmpty ? rate.capacity : missing + taken)
    }

    /// Lets another rate hold.
    mutating func change(to rate: Rate?, at now: Timestamp) {
        self.rate = rate
        if let rate { fullAt = min(fullAt, now.nanoseconds + rate.capacity) }
    }

    /// The same for what a step of before started, unless it was in what was restored.
    mutating func start(_ count: Int, at time: Timestamp, in step: Int64) {
        if step > restored { start(count, at: time) }
    }

    mutating func restore(_ gauge: StoredGauge, at now: Timestamp) {
        fullAt = gauge.fullAt
        change(to: rate, at: now)
        restored = gauge.step
    }
}

extension Timestamp {
    /// Since 1970; clocks of the years 1678 to 2262 only.
    fileprivate var nanoseconds: Int64 { microseconds &* 1_000 }
}
