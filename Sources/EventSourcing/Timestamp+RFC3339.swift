extension Timestamp {
    /// Reads RFC 3339 text: `2026-11-21T18:42:07Z`, with up to nine fraction digits (those after the sixth are dropped)
    /// and an offset of `Z` or `±hh:mm`. A time without an offset is refused: it names no instant.
    ///
    /// Source: [RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6). Leap seconds (`:60`) are refused.
    package init?(rfc3339 text: some StringProtocol) {
        self.init(rfc3339: String(text).utf8.span)
    }

    /// The same from the text's bytes.
    package init?(rfc3339 bytes: Span<UInt8>) {
        var scanner = DigitScanner()
        guard bytes.count <= 35,
            let year = scanner.number(digits: 4, in: bytes), scanner.skip("-", in: bytes),
            let month = scanner.number(digits: 2, in: bytes), scanner.skip("-", in: bytes),
            let day = scanner.number(digits: 2, in: bytes),
            scanner.skip("T", in: bytes) || scanner.skip("t", in: bytes) || scanner.skip(" ", in: bytes),
            let hour = scanner.number(digits: 2, in: bytes), scanner.skip(":", in: bytes),
            let minute = scanner.number(digits: 2, in: bytes), scanner.skip(":", in: bytes),
            let second = scanner.number(digits: 2, in: bytes),
            let date = CalendarDate(year: year, month: month, day: day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction: Int64 = 0
        if scanner.skip(".", in: bytes) {
            guard let digits = scanner.fraction(in: bytes) else { return nil }
            fraction = digits
        }
        var offsetMinutes = 0
        if !(scanner.skip("Z", in: bytes) || scanner.skip("z", in: bytes)) {
            let isWest = scanner.skip("-", in: bytes)
            guard isWest || scanner.skip("+", in: bytes), let hours = scanner.number(digits: 2, in: bytes),
                scanner.skip(":", in: bytes),
                let minutes = scanner.number(digits: 2, in: bytes), hours < 24, minutes < 60
            else { return nil }
            offsetMinutes = (hours * 60 + minutes) * (isWest ? -1 : 1)
        }
        guard scanner.index == bytes.count else { return nil }
        // With its offset, a time of the year 0 or 9999 can lie outside the four digits that the text has.
        let seconds = Int64(date.daysSince1970) * 86_400 + Int64(hour * 3_600 + (minute - offsetMinutes) * 60 + second)
        guard Self.secondsInFourDigitYears.contains(seconds) else { return nil }
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    /// 0000-01-01T00:00:00Z up to the end of 9999.
    private static let secondsInFourDigitYears: Range<Int64> = -62_167_219_200..<253_402_300_800

    /// RFC 3339 text in UTC; the fraction is written with six digits, or left out when it is zero.
    package var rfc3339: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        appendRFC3339(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the same text as bytes.
    package func appendRFC3339(to bytes: inout [UInt8]) {
        var remainder = microseconds % 86_400_000_000
        var days = microseconds / 86_400_000_000
        if remainder < 0 {
            remainder += 86_400_000_000
            days -= 1
        }
        let date = CalendarDate(daysSince1970: Int(days))
        let second = Int(remainder / 1_000_000)
        let fraction = Int(remainder % 1_000_000)
        func digits(_ number: Int) {
            bytes.append(UInt8(ascii: "0") + UInt8(number / 10))
            bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
        }
        func then(_ separator: Unicode.Scalar, _ number: Int) {
            bytes.append(UInt8(ascii: separator))
            digits(number)
        }
        if (0...9_999).contains(date.year) {
            digits(date.year / 100)
            digits(date.year % 100)
        } else {
            bytes += "\(date.year)".utf8
        }
        then("-", date.month)
        then("-", date.day)
        then("T", second / 3_600)
        then(":", second / 60 % 60)
        then(":", second % 60)
        if fraction != 0 {
            then(".", fraction / 10_000)
            digits(fraction / 100 % 100)
            digits(fraction % 100)
        }
        bytes.append(UInt8(ascii: "Z"))
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String { rfc3339 }
}

/// A day of the proleptic Gregorian calendar.
package struct CalendarDate: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Source: Howard Hinnant, [chrono-compatible low-level date algorithms](https://howardhinnant.github.io/date_algorithms.html).
    package init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        default: 31
        }
    }
}

private struct DigitScanner {
    var index = 0

    mutating func skip(_ character: Unicode.Scalar, in bytes: Span<UInt8>) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func number(digits: Int, in bytes: Span<UInt8>) -> Int? {
        guard index + digits <= bytes.count else { return nil }
        var value = 0
        for position in index..<index + digits {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        index += digits
        return value
    }

    /// One to nine digits as microseconds.
    mutating func fraction(in bytes: Span<UInt8>) -> Int64? {
        var value: Int64 = 0
        var count = 0
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            guard count < 9 else { return nil }
            if count < 6 { value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0")) }
            count += 1
            index += 1
        }
        guard count > 0 else { return nil }
        for _ in min(count, 6)..<6 { value *= 10 }
        return value
    }
}
