package import EventSourcing
import Records

/// When work begins and ends; the end is no longer part of it. Lengths are elapsed time, so a night in which the clocks
/// change is as long as it really was.
package struct WorkPeriod: Hashable, Sendable {
    package let start: Timestamp
    package let end: Timestamp

    /// Refused when the end does not lie after the start, or either lies outside the years 1900 to 9999.
    package init(from start: Timestamp, to end: Timestamp) throws(Rejection) {
        guard Self.years.contains(start.microseconds), Self.years.contains(end.microseconds) else {
            throw Rejection(
                rule: "S12",
                reason: "time-out-of-range",
                Words("The time lies outside the years 1900 to 9999.", zh: "时间超出 1900 年至 9999 年的范围。")
            )
        }
        guard start < end else { throw .endBeforeStart(rule: "S12") }
        self.init(start, end)
    }

    /// For what is a period already.
    init(_ start: Timestamp, _ end: Timestamp) {
        self.start = start
        self.end = end
    }

    /// From the first start to the last end; without any, the least period there is.
    package init(spanning periods: [WorkPeriod]) {
        let start = periods.map(\.start).min() ?? Timestamp(microseconds: 0)
        let end = periods.map(\.end).max() ?? Timestamp(microseconds: 1)
        self.init(start, end)
    }

    /// Within these, sums and differences of instants and durations that occur here cannot overflow.
    private static let years: Range<Int64> = -2_208_988_800_000_000..<253_402_300_800_000_000

    package var length: Duration { end.since(start) }

    package func overlaps(_ other: WorkPeriod) -> Bool { start < other.end && other.start < end }

    package func contains(_ other: WorkPeriod) -> Bool { start <= other.start && other.end <= end }

    package func contains(_ time: Timestamp) -> Bool { start <= time && time < end }
}
