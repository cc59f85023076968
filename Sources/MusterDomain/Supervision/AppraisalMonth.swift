import EventSourcing

/// A month of the town's calendar, for which parties are appraised.
struct AppraisalMonth: Hashable, Comparable, Sendable {
    private let year: Int
    /// 1 to 12.
    private let month: Int
    /// The town's distance from UTC.
    private let offset: Duration

    /// The month in which an instant lies.
    init(of time: Timestamp, offset: Duration) {
        let local = (time + offset).microseconds
        let day: Int64 = 86_400_000_000
        let date = CalendarDate(daysSince1970: Int((local - ((local % day) + day) % day) / day))
        self.init(year: date.year, month: date.month, offset: offset)
    }

    private init(year: Int, month: Int, offset: Duration) {
        self.year = year
        self.month = month
        self.offset = offset
    }

    static func < (lhs: AppraisalMonth, rhs: AppraisalMonth) -> Bool { (lhs.year, lhs.month) < (rhs.year, rhs.month) }

    var previous: AppraisalMonth {
        month == 1
            ? AppraisalMonth(year: year - 1, month: 12, offset: offset)
            : AppraisalMonth(year: year, month: month - 1, offset: offset)
    }

    private var next: AppraisalMonth {
        month == 12
            ? AppraisalMonth(year: year + 1, month: 1, offset: offset)
            : AppraisalMonth(year: year, month: month + 1, offset: offset)
    }

    var start: Timestamp {
        let days = CalendarDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
        return Timestamp(microseconds: Int64(days) * 86_400_000_000) - offset
    }

    /// The first instant that no longer belongs to it.
    var end: Timestamp { next.start }

    /// How its appraisal is called, as `A-2026-11`.
    var appraisal: AppraisalID? { AppraisalID(rawValue: "A-\(year)-\(month < 10 ? "0" : "")\(month)") }
}
