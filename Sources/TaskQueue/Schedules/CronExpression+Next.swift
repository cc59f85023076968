package import EventSourcing
package import Foundation

extension CronExpression {
    /// The first time after another, by the clocks of a zone.
    ///
    /// When clocks are put forward, what would happen in the hour that is left out happens at its end; when they are put
    /// back, what happens in the hour that comes twice happens the first time.
    /// - Returns: nil when there is none within eight years, which every leap day is.
    package func next(after time: Timestamp, in zone: TimeZone) -> Timestamp? {
        let second = time.microseconds.floorDivided(by: 1_000_000)
        let offset = Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))))
        // A day before: its times may still come, when clocks were put back meanwhile.
        let firstDay = (second + offset).floorDivided(by: 86_400) - 1
        for day in firstDay...firstDay + 366 * 8 {
            let date = CivilDate(day: day)
            guard includes(month: date.month, day: date.day, weekday: date.weekday) else { continue }
            for hour in hours {
                for minute in minutes {
                    let local = day * 86_400 + Int64(hour) * 3_600 + Int64(minute) * 60
                    let candidate = Timestamp(microseconds: Self.instant(of: local, in: zone) * 1_000_000)
                    if candidate > time { return candidate }
                }
            }
        }
        return nil
    }

    /// When the clocks of a zone show a time, in seconds since 1970; the first time when they show it twice, the end of the
    /// gap when they never do.
    private static func instant(of local: Int64, in zone: TimeZone) -> Int64 {
        func offset(at instant: Int64) -> Int64 {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))))
        }
        // The greatest offset there may be around gives the earliest instant.
        let (before, after) = (offset(at: local - 86_400), offset(at: local + 86_400))
        for guess in [max(before, after), min(before, after)] where offset(at: local - guess) == guess {
            return local - guess
        }
        // In the gap: the instant at which clocks are put forward.
        var (low, high) = (local - max(before, after), local - min(before, after))
        let changed = offset(at: high)
        while low < high {
            let middle = low + (high - low) / 2
            if offset(at: middle) == changed { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// A day of the calendar that is in use everywhere (proleptic Gregorian).
struct CivilDate: Hashable, Sendable {
    let year: Int64
    let month: Int
    let day: Int
    /// Sunday is 0.
    let weekday: Int

    /// - Parameter number: days since 1970-01-01, which was a Thursday.
    init(day number: Int64) {
        // Years that begin in March have the leap day at their end, and months of a fixed pattern.
        let shifted = number + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        weekday = Int((number + 4) - (number + 4).floorDivided(by: 7) * 7)
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
