/// How long something took, over many cases: exact, from every single value.
package struct Distribution: Hashable, Sendable {
    /// Microseconds in ascending order.
    private let values: [Int64]

    init(_ values: [Int64]) { self.values = values.sorted() }

    package var count: Int { values.count }
    package var minimum: Duration? { values.first.map { .microseconds($0) } }
    package var maximum: Duration? { values.last.map { .microseconds($0) } }

    /// The middle value; of an even count the mean of the middle two. Nil when there is none.
    package var median: Duration? {
        guard !values.isEmpty else { return nil }
        let upper = values[values.count / 2]
        guard values.count.isMultiple(of: 2) else { return .microseconds(upper) }
        let lower = values[values.count / 2 - 1]
        return (.microseconds(lower) + .microseconds(upper)) / 2
    }

    /// The smallest value that at least so many percent of all do not exceed (nearest rank). Nil when there is none.
    ///
    /// - Parameter percent: from 1 to 100.
    package func percentile(_ percent: Int) -> Duration? {
        guard !values.isEmpty else { return nil }
        let rank = (percent * values.count + 99) / 100
        return .microseconds(values[min(max(rank, 1), values.count) - 1])
    }
}
