/// How long something took over many cases, in short.
package struct DurationSummary: Hashable, Sendable {
    package let count: Int
    /// Microseconds, as are all the others. Zero when `count` is.
    let values: Values

    struct Values: Hashable, Sendable {
        var minimum: Int64 = 0
        var p10: Int64 = 0
        var p50: Int64 = 0
        var p90: Int64 = 0
        var p99: Int64 = 0
        var maximum: Int64 = 0
        var total: Int64 = 0
    }

    package var minimum: Duration { .microseconds(values.minimum) }
    package var p10: Duration { .microseconds(values.p10) }
    package var p50: Duration { .microseconds(values.p50) }
    package var p90: Duration { .microseconds(values.p90) }
    package var p99: Duration { .microseconds(values.p99) }
    package var maximum: Duration { .microseconds(values.maximum) }
    package var total: Duration { .microseconds(values.total) }
    /// Zero when there is none.
    package var mean: Duration { .microseconds(count == 0 ? 0 : values.total / Int64(count)) }

    package static let none = DurationSummary(count: 0, values: Values())
}

/// How many durations fall between two bounds.
package struct DurationBin: Hashable, Sendable {
    /// From here on.
    package let from: Duration
    /// Up to here, this not included.
    package let to: Duration
    package let count: Int
}
