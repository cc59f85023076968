package import EventSourcing
import Records

/// Which local day an instant belongs to, at one place.
///
/// Days are cut at local midnight by the offset from UTC in force, as the place's rules say: a day on which clocks go
/// forward has 23 hours, one on which they go back has 25. The rule is data, so that a decision of last year is made
/// again the same whatever the time zone database says today.
package struct LocalDays: Hashable, Sendable {
    /// From an instant on, another offset.
    package struct Change: Hashable, Sendable {
        package let at: Timestamp
        package let offsetSeconds: Int

        package init(at: Timestamp, offsetSeconds: Int) {
            self.at = at
            self.offsetSeconds = offsetSeconds
        }
    }

    /// Local time minus UTC before the first change.
    package let offsetSeconds: Int
    /// In the order of time.
    package let changes: [Change]

    /// Refused when an offset is beyond 18 hours, or the changes are not in order of time.
    package init(offsetSeconds: Int, changes: [Change] = []) throws(Rejection) {
        let offsets = [offsetSeconds] + changes.map(\.offsetSeconds)
        guard offsets.allSatisfy({ (-64_800...64_800).contains($0) }),
            zip(changes, changes.dropFirst()).allSatisfy({ $0.at < $1.at })
        else {
            throw Rejection(
                rule: "S12",
                reason: "bad-time-zone",
                Words(
                    "Offsets are at most 18 hours, and their changes in order of time.",
                    zh: "时区偏移不得超过 18 小时，且变更须按时间先后排列。"
                )
            )
        }
        self.offsetSeconds = offsetSeconds
        self.changes = changes
    }

    private init(fixed offsetSeconds: Int) {
        self.offsetSeconds = offsetSeconds
        changes = []
    }

    /// China's time all year.
    package static let china = LocalDays(fixed: 28_800)

    package func offsetSeconds(at time: Timestamp) -> Int {
        changes.last { $0.at <= time }?.offsetSeconds ?? offsetSeconds
    }

    /// Days since 1970-01-01, local.
    package func day(of time: Timestamp) -> Int {
        Self.day(time.microseconds, offsetSeconds(at: time))
    }

    /// The time of a period that falls on each local day, in the order of days; days without any are left out.
    package func shares(of period: WorkPeriod) -> [(day: Int, time: Duration)] {
        var shares: [(day: Int, time: Duration)] = []
        forEachShare(of: period) { day, microseconds in
            // When clocks go back over midnight, the day before comes again.
            if let index = shares.firstIndex(where: { $0.day == day }) {
                shares[index].time += .microseconds(microseconds)
            } else {
                shares.append((day, .microseconds(microseconds)))
            }
        }
        return shares.sorted { $0.day < $1.day }
    }

    /// Piece by piece: each lies on one day and has one offset.
    func forEachShare(of period: WorkPeriod, _ body: (_ day: Int, _ microseconds: Int64) -> Void) {
        var position = period.start.microseconds
        let end = period.end.microseconds
        while position < end {
            let offset = offsetSeconds(at: Timestamp(microseconds: position))
            let day = Self.day(position, offset)
            let midnight = (Int64(day) + 1) * Self.dayMicroseconds - Int64(offset) * 1_000_000
            var stop = min(end, midnight)
            if let change = changes.first(where: { $0.at.microseconds > position }) {
                stop = min(stop, change.at.microseconds)
            }
            body(day, stop - position)
            position = stop
        }
    }

    private static let dayMicroseconds: Int64 = 86_400_000_000

    private static func day(_ microseconds: Int64, _ offsetSeconds: Int) -> Int {
        let local = microseconds + Int64(offsetSeconds) * 1_000_000
        return Int(local >= 0 ? local / dayMicroseconds : (local - dayMicroseconds + 1) / dayMicroseconds)
    }

    /// The local day and time, as `2026-11-26 08:00`.
    package func text(of time: Timestamp) -> String {
        let offset = Int64(offsetSeconds(at: time)) * 1_000_000
        let local = Timestamp(microseconds: time.microseconds + offset).rfc3339
        return local.prefix(10) + " " + local.dropFirst(11).prefix(5)
    }

    /// As `2026-11-26`.
    package func text(ofDay day: Int) -> String {
        String(Timestamp(microseconds: Int64(day) * Self.dayMicroseconds).rfc3339.prefix(10))
    }
}
