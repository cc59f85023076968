package import EventSourcing
package import Records

/// A day of the local calendar, as `2026-11-26`.
package struct CaseDay: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    /// Since 1970-01-01.
    private let number: Int

    /// Nil unless the text is a day of the years 1900 to 2199, written with hyphens.
    package init?(rawValue: String) {
        self.init(utf8: rawValue.utf8.span)
    }

    init?(utf8 text: Span<UInt8>) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = Self.number(text, 0..<4), let month = Self.number(text, 5..<7),
            let day = Self.number(text, 8..<10), (1_900...2_199).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(of: month, in: year), let rawValue = String(utf8: text)
        else { return nil }
        self.rawValue = rawValue
        number = Self.days(year, month, day)
    }

    /// Whether it is the day of an instant anywhere on earth, by the clock of whoever says so.
    package func isDay(of time: Timestamp) -> Bool {
        let day: Int64 = 86_400_000_000
        // Local time is ahead of UTC by at most 14 hours, and behind it by at most 12.
        let start = Int64(number) * day
        return time.microseconds >= start - 14 * day / 24 && time.microseconds < start + day + 12 * day / 24
    }

    /// Whether it has begun nowhere on earth yet.
    package func isAhead(of time: Timestamp) -> Bool {
        let day: Int64 = 86_400_000_000
        return time.microseconds < Int64(number) * day - 14 * day / 24
    }

    /// By how many days it lies after another one; negative when before.
    func days(after other: CaseDay) -> Int { number - other.number }

    private static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var number = 0
        for index in range {
            guard text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
        }
        return number
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar; years count from March, so that the leap day is the last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = month > 2 ? month - 3 : month + 9
        let (era, yearOfEra) = (marchYear / 400, marchYear % 400)
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Codec where Value == CaseDay {
    package static var caseDay: Codec {
        .word(
            10,
            parse: { CaseDay(utf8: $0) },
            text: { $0.rawValue },
            schema: .formatted(format: "date", pattern: nil, maximum: 10, hint: "2026-11-26"),
            orElse: {
                Problems(
                    "date",
                    Words("must be a day from 1900 to 2199, as 2026-11-26", zh: "必须是 1900 年到 2199 年之间的日期，例如 2026-11-26")
                )
            }
        )
    }
}
