import EventSourcing

/// The form of a date and time, as `MM/dd/yyyy hh:mm:ss a`.
///
/// Letters mean what they mean in [Unicode date patterns](https://unicode.org/reports/tr35/tr35-dates.html): `yyyy`,
/// `yy` (1970–2069), `MM` `M`, `MMM` (Jan), `dd` `d`, `HH` `H` (0–23), `hh` `h` (1–12, with `a`), `mm`, `ss`, `S…`
/// (fraction, as many digits as there are, up to nine), `a` (AM or PM, 上午 or 下午), `XXX` (offset: `Z` or `+08:00`), `XX`
/// (`Z` or `+0800`), `X` (`Z`, `+08` or `+0800`). Doubled letters want two digits. Text in 'single quotes' and everything
/// that is no letter stands for itself. `epoch-seconds` and `epoch-milliseconds` are numbers counted from 1970 in UTC.
struct TimePattern: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case literal(UInt8)
        case year
        case shortYear
        case monthName
        case month(minimum: Int)
        case day(minimum: Int)
        case hour(minimum: Int)
        case halfDayHour(minimum: Int)
        case minute
        case second
        case fraction
        case halfDay
        case offset(OffsetForm)
        /// A number of units since 1970, so many in a second.
        case epoch(Int64)
    }

    enum OffsetForm: Hashable, Sendable {
        /// `+08`, perhaps with minutes.
        case hours
        /// `+0800`
        case minutes
        /// `+08:00`
        case colon
    }

    /// A time that was read: the local date and time as if it were UTC, and its offset when the text says one.
    struct Reading: Hashable {
        let seconds: Int64
        let microseconds: Int64
        let offsetSeconds: Int64?
    }

    let text: String
    let tokens: [Token]

    var hasOffset: Bool {
        tokens.contains {
            switch $0 {
            case .offset, .epoch: true
            default: false
            }
        }
    }

    /// Whether times say hour and minute.
    var hasTimeOfDay: Bool {
        tokens.contains {
            switch $0 {
            case .minute, .epoch: true
            default: false
            }
        }
    }

    private static let epochs: [String: Int64] = ["epoch-seconds": 1, "epoch-milliseconds": 1_000]

    /// Nil when the pattern holds an unknown letter, or does not say year, month and day.
    init?(_ text: String) {
        if let scale = Self.epochs[text] {
            self.text = text
            tokens = [.epoch(scale)]
            return
        }
        var tokens: [Token] = []
        let bytes = Array(text.utf8)
        guard bytes.count <= 64 else { return nil }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "'") {
                guard let close = bytes[(index + 1)...].firstIndex(of: byte) else { return nil }
                tokens += bytes[(index + 1)..<close].map { .literal($0) }
                index = close + 1
                continue
            }
            var length = 1
            while index + length < bytes.count, bytes[index + length] == byte { length += 1 }
            if let token = Self.token(byte, length) {
                tokens.append(token)
            } else {
                guard !Self.isLetter(byte) else { return nil }
                tokens += Array(repeating: .literal(byte), count: length)
            }
            index += length
        }
        func holds(_ wanted: Token...) -> Bool { tokens.contains { wanted.contains($0) } }
        guard holds(.year, .shortYear), holds(.month(minimum: 1), .month(minimum: 2), .monthName),
            holds(.day(minimum: 1), .day(minimum: 2)),
            holds(.halfDay) == holds(.halfDayHour(minimum: 1), .halfDayHour(minimum: 2))
        else { return nil }
        self.text = text
        self.tokens = tokens
    }

    private static func token(_ byte: UInt8, _ length: Int) -> Token? {
        switch (byte, length) {
        case (UInt8(ascii: "y"), 4): .year
        case (UInt8(ascii: "y"), 2): .shortYear
        case (UInt8(ascii: "M"), 3): .monthName
        case (UInt8(ascii: "M"), 1...2): .month(minimum: length)
        case (UInt8(ascii: "d"), 1...2): .day(minimum: length)
        case (UInt8(ascii: "H"), 1...2): .hour(minimum: length)
        case (UInt8(ascii: "h"), 1...2): .halfDayHour(minimum: length)
        case (UInt8(ascii: "m"), 2): .minute
        case (UInt8(ascii: "s"), 2): .second
        case (UInt8(ascii: "S"), 1...9): .fraction
        case (UInt8(ascii: "a"), 1): .halfDay
        case (UInt8(ascii: "X"), 1): .offset(.hours)
        case (UInt8(ascii: "X"), 2): .offset(.minutes)
        case (UInt8(ascii: "X"), 3): .offset(.colon)
        default: nil
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Reads a text that has exactly this form and names a day and time that exist; nil for any other.
    ///
    /// Years are 1000 to 9998, so that the instant has a year of four digits in every zone.
    func read(_ bytes: Span<UInt8>) -> Reading? {
        var parts = TimeParts()
        var index = 0
        for token in tokens {
            guard parts.take(token, from: bytes, at: &index) else { return nil }
        }
        guard index == bytes.count else { return nil }
        return parts.reading
    }
}

/// The parts of a time while its text is read.
private struct TimeParts {
    private var year = 0
    private var month = 0
    private var day = 0
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var microseconds: Int64 = 0
    private var isAfternoon: Bool?
    private var offset: Int64?
    private var epoch: Int64?

    var reading: TimePattern.Reading? {
        if let epoch { return TimePattern.Reading(seconds: epoch, microseconds: microseconds, offsetSeconds: 0) }
        guard (1_000...9_998).contains(year), let date = CalendarDate(year: year, month: month, day: day), minute < 60,
            second < 60
        else {
            return nil
        }
        var hour = hour
        if let isAfternoon {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + (isAfternoon ? 12 : 0)
        }
        guard hour < 24 else { return nil }
        return TimePattern.Reading(
            seconds: Int64(date.daysSince1970) * 86_400 + Int64(hour * 3_600 + minute * 60 + second),
            microseconds: microseconds,
            offsetSeconds: offset
        )
    }

    /// False when the text does not go on as the token wants.
    mutating func take(_ token: TimePattern.Token, from bytes: Span<UInt8>, at index: inout Int) -> Bool {
        switch token {
        case .literal(let byte):
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        case .year: return Self.digits(4...4, bytes, &index, into: &year)
        case .shortYear:
            guard Self.digits(2...2, bytes, &index, into: &year) else { return false }
            year += year < 70 ? 2_000 : 1_900
            return true
        case .monthName: return takeMonthName(bytes, &index)
        case .month(let minimum): return Self.digits(minimum...2, bytes, &index, into: &month)
        case .day(let minimum): return Self.digits(minimum...2, bytes, &index, into: &day)
        case .hour(let minimum), .halfDayHour(let minimum): return Self.digits(minimum...2, bytes, &index, into: &hour)
        case .minute: return Self.digits(2...2, bytes, &index, into: &minute)
        case .second: return Self.digits(2...2, bytes, &index, into: &second)
        case .fraction: return takeFraction(bytes, &index)
        case .halfDay: return takeHalfDay(bytes, &index)
        case .offset(let form): return takeOffset(form, bytes, &index)
        case .epoch(let scale): return takeEpoch(scale, bytes, &index)
        }
    }

    private static func digits(
        _ counts: ClosedRange<Int>,
        _ bytes: Span<UInt8>,
        _ index: inout Int,
        into value: inout Int
    ) -> Bool {
        var count = 0
        value = 0
        while count < counts.upperBound, index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
            value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            count += 1
            index += 1
        }
        return count >= counts.lowerBound
    }

    private mutating func takeFraction(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        var count = 0
        while count < 9, index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 {
            if count < 6 { microseconds = microseconds * 10 + Int64(bytes[index] - UInt8(ascii: "0")) }
            count += 1
            index += 1
        }
        for _ in min(count, 6)..<6 { microseconds *= 10 }
        return count > 0
    }

    private static let monthNames = Array("janfebmaraprmayjunjulaugsepoctnovdec".utf8)

    private mutating func takeMonthName(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index + 3 <= bytes.count else { return false }
        let (first, second, third) = (bytes[index] | 0x20, bytes[index + 1] | 0x20, bytes[index + 2] | 0x20)
        for candidate in 0..<12 {
            let at = candidate * 3
            guard first == Self.monthNames[at], second == Self.monthNames[at + 1], third == Self.monthNames[at + 2]
            else { continue }
            month = candidate + 1
            index += 3
            return true
        }
        return false
    }

    private static let morning = Array("上午".utf8)
    private static let afternoon = Array("下午".utf8)

    private mutating func takeHalfDay(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index + 2 <= bytes.count else { return false }
        if bytes[index] >= 0x80 {
            if Self.take(Self.morning, bytes, &index) {
                isAfternoon = false
            } else if Self.take(Self.afternoon, bytes, &index) {
                isAfternoon = true
            } else {
                return false
            }
            return true
        }
        guard bytes[index + 1] | 0x20 == UInt8(ascii: "m") else { return false }
        switch bytes[index] | 0x20 {
        case UInt8(ascii: "a"): isAfternoon = false
        case UInt8(ascii: "p"): isAfternoon = true
        default: return false
        }
        index += 2
        return true
    }

    private static func take(_ word: [UInt8], _ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        guard index + word.count <= bytes.count else { return false }
        for offset in word.indices where bytes[index + offset] != word[offset] { return false }
        index += word.count
        return true
    }

    private mutating func takeOffset(
        _ form: TimePattern.OffsetForm,
        _ bytes: Span<UInt8>,
        _ index: inout Int
    ) -> Bool {
        guard index < bytes.count else { return false }
        if bytes[index] | 0x20 == UInt8(ascii: "z") {
            index += 1
            offset = 0
            return true
        }
        guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") else { return false }
        let sign: Int64 = bytes[index] == UInt8(ascii: "-") ? -1 : 1
        index += 1
        var (hours, minutes) = (0, 0)
        guard Self.digits(2...2, bytes, &index, into: &hours) else { return false }
        if form == .colon {
            guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return false }
            index += 1
        }
        let isWhole = Self.digits(2...2, bytes, &index, into: &minutes)
        guard isWhole || (form == .hours && minutes == 0), hours < 24, minutes < 60 else { return false }
        offset = sign * Int64(hours * 3_600 + minutes * 60)
        return true
    }

    /// Seconds of the years 1000 to 9998, as the other forms have them.
    private static let epochs: ClosedRange<Int64> = -30_610_224_000...253_370_764_799

    private mutating func takeEpoch(_ scale: Int64, _ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
        var isNegative = false
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") {
            isNegative = true
            index += 1
        }
        var value: Int64 = 0
        let start = index
        // So many that the microseconds do not overflow.
        let digits = scale == 1 ? 12 : 15
        while index < bytes.count, index - start < digits, bytes[index] &- UInt8(ascii: "0") < 10 {
            value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
            index += 1
        }
        guard index > start else { return false }
        var micros = value * (1_000_000 / scale)
        if scale == 1, index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            guard takeFraction(bytes, &index) else { return false }
            micros += microseconds
        }
        if isNegative { micros = -micros }
        var seconds = micros / 1_000_000
        if micros % 1_000_000 < 0 { seconds -= 1 }
        guard Self.epochs.contains(seconds) else { return false }
        epoch = seconds
        microseconds = micros - seconds * 1_000_000
        return true
    }
}
