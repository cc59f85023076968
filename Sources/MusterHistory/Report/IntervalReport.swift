package import Records

/// How long it took from one stage to another.
package struct IntervalReport: Hashable, Sendable {
    package let from: String
    package let to: String
    package let fromWords: Words
    package let toWords: Words
    /// Rows that have both times, in order.
    package let durations: Distribution
    /// Rows in which the second time is before the first. Such durations mean nothing and are left out.
    package let negative: Int
    /// Rows that lack one of the times.
    package let missing: Int
}

/// Gathers one interval row by row.
struct IntervalFold: Hashable, Sendable {
    private var values: [Int64] = []
    private(set) var negative = 0
    private(set) var missing = 0

    /// - Parameter duration: in microseconds; nil when one of the times is missing.
    mutating func take(_ duration: Int64?) {
        guard let duration else {
            missing += 1
            return
        }
        if duration < 0 { negative += 1 } else { values.append(duration) }
    }

    var durations: Distribution { Distribution(values) }
}
