import Foundation

/// The local calendar of one time zone over a span of time, fast enough to be asked for every event.
struct ZoneOffsets: Sendable {
    /// More changes than this in a span are not looked for: after them the last offset stays.
    private static let maximumChanges = 2_000

    /// Seconds since 1970 from which an offset holds, ascending; the first holds from ever.
    private var begins: [Int64] = [.min]
    private var offsets: [Int64]

    /// Nil for a name that is no IANA time zone.
    init?(zone name: String, over span: ClosedRange<Int64>?) {
        guard let zone = TimeZone(identifier: name) else { return nil }
        let first = (span?.lowerBound ?? 0) / 1_000_000
        let last = (span?.upperBound ?? 0) / 1_000_000
        func date(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: Double(seconds)) }
        offsets = [Int64(zone.secondsFromGMT(for: date(first)))]
        var date = date(first)
        while begins.count < Self.maximumChanges, let next = zone.nextDaylightSavingTimeTransition(after: date),
            next > date, Int64(next.timeIntervalSince1970) <= last
        {
            begins.append(Int64(next.timeIntervalSince1970))
            offsets.append(Int64(zone.secondsFromGMT(for: next)))
            date = next
        }
    }

    /// Without any change.
    static let utc = ZoneOffsets(offset: 0)

    private init(offset: Int64) { offsets = [offset] }

    /// Local seconds, as if they were UTC, of an instant in microseconds.
    func local(_ time: Int64) -> Int64 {
        var seconds = time / 1_000_000
        if time % 1_000_000 < 0 { seconds -= 1 }
        var index = begins.count - 1
        if index > 8 {
            var (low, high) = (0, begins.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if begins[middle] <= seconds { low = middle } else { high = middle }
            }
            index = low
        } else {
            while begins[index] > seconds { index -= 1 }
        }
        return seconds + offsets[index]
    }

    /// From 0 to 23.
    func hour(_ time: Int64) -> Int { Self.hour(local: local(time)) }

    static func day(local seconds: Int64) -> Int64 {
        seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }

    static func hour(local seconds: Int64) -> Int { Int(seconds - day(local: seconds) * 86_400) / 3_600 }

    /// From 0, Monday, to 6.
    static func weekday(local seconds: Int64) -> Int {
        // 1970-01-01 was a Thursday.
        let rest = (day(local: seconds) + 3) % 7
        return Int(rest < 0 ? rest + 7 : rest)
    }

    func month(_ time: Int64) -> Month { Month(day: Self.day(local: local(time))) }
}

extension Month {
    /// - Parameter day: since 1970-01-01.
    init(day: Int64) {
        // Days are counted from the first of March of year 0, so that leap days come last.
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(year: Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month: Int(month))
    }

    /// Months since year 0.
    var number: Int { year * 12 + month - 1 }

    init(number: Int) { self.init(year: number / 12, month: number % 12 + 1) }
}

/// Counts by month, without gaps between the first and the last one that matter.
struct MonthCounts<Value> {
    /// A mistyped year would else make a row for each month of centuries.
    private static var maximumMonths: Int { 600 }

    private var values: [Int: Value] = [:]
    private let none: Value

    init(none: Value) { self.none = none }

    subscript(month: Month) -> Value {
        get { values[month.number] ?? none }
        set { values[month.number] = newValue }
    }

    /// In the order of time. When the months are too far apart those without a count are left out.
    var list: [(month: Month, value: Value)] {
        guard let first = values.keys.min(), let last = values.keys.max() else { return [] }
        guard last - first < Self.maximumMonths else {
            return values.keys.sorted().map { (Month(number: $0), self[Month(number: $0)]) }
        }
        return (first...last).map { (Month(number: $0), self[Month(number: $0)]) }
    }
}
