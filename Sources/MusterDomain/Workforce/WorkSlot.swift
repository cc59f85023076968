import EventSourcing

/// A period of at most 48 hours with its time on each local day, computed once for many looks at timetables.
package struct WorkSlot: Sendable {
    package let start: Int64
    package let end: Int64
    /// Days since 1970-01-01, local.
    package let firstDay: Int
    /// Microseconds on that day and the three after.
    let shares: InlineArray<4, Int64>

    static let longest = Duration.seconds(48 * 3_600)

    package init(_ period: WorkPeriod, days: LocalDays) {
        var first = Int.max
        days.forEachShare(of: period) { day, _ in first = min(first, day) }
        var shares = InlineArray<4, Int64>(repeating: 0)
        days.forEachShare(of: period) { day, microseconds in shares[min(3, day - first)] += microseconds }
        start = period.start.microseconds
        end = period.end.microseconds
        firstDay = first
        self.shares = shares
    }

    /// No time at all.
    static let nothing = WorkSlot()

    private init() {
        start = 0
        end = 0
        firstDay = 0
        shares = InlineArray(repeating: 0)
    }

    package var microseconds: Int64 { end - start }

    package var period: WorkPeriod { WorkPeriod(Timestamp(microseconds: start), Timestamp(microseconds: end)) }

    /// The last day with any of its time.
    package var lastDay: Int {
        var last = 3
        while last > 0, shares[last] == 0 { last -= 1 }
        return firstDay + last
    }

    /// Microseconds on a day.
    @inline(__always)
    func share(of day: Int) -> Int64 {
        let index = day - firstDay
        return index >= 0 && index < 4 ? shares[index] : 0
    }
}
