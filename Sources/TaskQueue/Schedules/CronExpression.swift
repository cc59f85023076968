/// When something happens again and again: five fields, as in crontab(5).
///
///     minute hour day-of-month month day-of-week
///     30 7 * * mon-fri      at half past seven on weekdays
///     */15 8-18 * * *       every quarter of an hour from eight to a quarter to seven
///     0 0 1 jan,jul *       at midnight on the first of January and July
///
/// A field is `*`, a value, a range, or several of these with commas; `/n` takes every n-th of a range. Months and weekdays
/// may be named by three letters; Sunday is 0 or 7. As in cron, when both kinds of days are restricted either suffices.
package struct CronExpression: Hashable, Sendable {
    package let text: String
    let minutes: [Int]
    let hours: [Int]
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let areDaysRestricted: Bool
    private let areWeekdaysRestricted: Bool

    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// - Throws: `InvalidCron`, which says which field is wrong and why.
    package init(_ text: String) throws(InvalidCron) {
        let fields = text.lowercased().split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard fields.count == 5 else {
            throw InvalidCron("'\(text)' has \(fields.count) fields: minute, hour, day, month and weekday are five")
        }
        self.text = fields.joined(separator: " ")
        minutes = try Self.values(fields[0], "minute", 0...59).sorted()
        hours = try Self.values(fields[1], "hour", 0...23).sorted()
        days = try Self.values(fields[2], "day of the month", 1...31)
        months = try Self.values(fields[3], "month", 1...12, names: Self.monthNames)
        weekdays = Set(try Self.values(fields[4], "weekday", 0...7, names: Self.weekdayNames).map { $0 % 7 })
        areDaysRestricted = !fields[2].hasPrefix("*")
        areWeekdaysRestricted = !fields[4].hasPrefix("*")
        // The longest months there may be: what never comes is a mistake.
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let comes = months.contains { month in days.contains { $0 <= longest[month - 1] } }
        guard comes || areWeekdaysRestricted else {
            throw InvalidCron("'\(text)' never comes: no month of it has such a day")
        }
    }

    private static func values(
        _ field: Substring,
        _ name: String,
        _ bounds: ClosedRange<Int>,
        names: [String] = []
    ) throws(InvalidCron) -> Set<Int> {
        var values: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let halves = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            var step = 1
            if halves.count == 2 {
                guard let number = Int(halves[1]), number > 0 else {
                    throw InvalidCron("the \(name) '\(field)' has no step of 1 or more after '/'")
                }
                step = number
            }
            let range = halves.first ?? ""
            let ends = range.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            var (first, last) = (bounds.lowerBound, bounds.upperBound)
            if range != "*" {
                first = try value(ends[0], field, name, bounds, names)
                // A single value with a step goes on to the end, as cron has it.
                if ends.count == 2 {
                    last = try value(ends[1], field, name, bounds, names)
                } else if halves.count == 1 {
                    last = first
                }
            }
            guard first <= last else {
                throw InvalidCron("the \(name) '\(field)' has a range that ends before it begins")
            }
            values.formUnion(stride(from: first, through: last, by: step))
        }
        return values
    }

    private static func value(
        _ text: Substring,
        _ field: Substring,
        _ name: String,
        _ bounds: ClosedRange<Int>,
        _ names: [String]
    ) throws(InvalidCron) -> Int {
        if let index = names.firstIndex(of: String(text)) { return bounds.lowerBound + index }
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text), bounds ~= number
        else {
            throw InvalidCron(
                "the \(name) '\(field)' is not within \(bounds.lowerBound) to \(bounds.upperBound)"
            )
        }
        return number
    }

    /// Whether something happens on a day.
    func includes(month: Int, day: Int, weekday: Int) -> Bool {
        guard months.contains(month) else { return false }
        let (isDay, isWeekday) = (days.contains(day), weekdays.contains(weekday))
        return areDaysRestricted && areWeekdaysRestricted ? isDay || isWeekday : isDay && isWeekday
    }
}

/// Why a text is no time table.
package struct InvalidCron: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
