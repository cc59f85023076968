/// The form of a text that may be a time, found by looking at its digits and signs.
struct TimeShape: Hashable {
    /// What the first two numbers are, where only their values can tell.
    enum Order: Hashable {
        /// The text says it itself: the year stands first, or the month has a name.
        case known
        case dayOrMonthFirst
    }

    /// A pattern with every number at its shortest, as `M/d/yyyy h:mm a`; where the order is open, month first.
    let pattern: String
    let order: Order
    /// Whether every number has all its digits, so that the pattern may ask for them.
    let isPadded: Bool
    /// The first two numbers, where the order is open.
    let first: Int
    let second: Int

    /// Whether it is a run of digits alone, which may as well be a number.
    let isDigitsAlone: Bool

    /// Nil when the text is certainly no time.
    init?(_ text: some StringProtocol) {
        var scan = TimeScan(Array(text.utf8))
        guard scan.bytes.count <= 64, scan.date() else { return nil }
        guard scan.isAtEnd || scan.timeOfDay() else { return nil }
        guard scan.isAtEnd || scan.offset() else { return nil }
        guard scan.isAtEnd else { return nil }
        pattern = scan.pattern
        order = scan.order
        isPadded = scan.isPadded
        (first, second) = scan.numbers
        isDigitsAlone = scan.isDigitsAlone
    }

    /// The pattern to read such texts with.
    static func pattern(_ shortest: String, isPadded: Bool, isDayFirst: Bool) -> String {
        var pattern = shortest
        if isDayFirst {
            pattern = pattern.replacing("d", with: "\u{1}").replacing("M", with: "d").replacing("\u{1}", with: "M")
        }
        guard isPadded, !pattern.hasPrefix("epoch") else { return pattern }
        var padded = ""
        var isQuoted = false
        let letters = Array(pattern)
        for (index, letter) in letters.enumerated() {
            if letter == "'" { isQuoted.toggle() }
            padded.append(letter)
            let isAlone =
                (index == 0 || letters[index - 1] != letter)
                && (index + 1 == letters.count || letters[index + 1] != letter)
            if !isQuoted, isAlone, "MdHh".contains(letter) { padded.append(letter) }
        }
        return padded
    }
}

/// Reads a text that may be a time from left to right, and gathers its pattern.
private struct TimeScan {
    let bytes: [UInt8]
    private(set) var pattern = ""
    private(set) var order = TimeShape.Order.known
    private(set) var isPadded = true
    private(set) var numbers = (0, 0)
    private(set) var isDigitsAlone = false
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    /// So many digits at `index`, and their value.
    private func digits() -> (count: Int, value: Int) {
        var (count, value) = (0, 0)
        while index + count < bytes.count, count < 15, bytes[index + count] &- UInt8(ascii: "0") < 10 {
            value = value * 10 + Int(bytes[index + count] - UInt8(ascii: "0"))
            count += 1
        }
        return (count, value)
    }

    private mutating func number(_ letter: String) -> Int? {
        let (count, value) = digits()
        guard count == 1 || count == 2 else { return nil }
        if count == 1 { isPadded = false }
        index += count
        pattern += letter
        return value
    }

    private mutating func twoDigits(_ letters: String) -> Bool {
        guard digits().count == 2 else { return false }
        index += 2
        pattern += letters
        return true
    }

    private mutating func literal(_ text: String) -> Bool {
        guard bytes[index...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        pattern += text
        return true
    }

    private mutating func separator(_ wanted: String? = nil) -> String? {
        for text in wanted.map({ [$0] }) ?? ["-", "/", "."] where literal(text) { return text }
        return nil
    }

    // MARK: - Date

    mutating func date() -> Bool {
        let (count, value) = digits()
        switch count {
        case 4: return yearFirst(value)
        case 1, 2: return yearLast()
        case 8, 12, 14: return compact(count, value)
        case 10, 13: return epoch(count, value)
        default: return false
        }
    }

    private static func isPlausible(year: Int) -> Bool { (1_900...2_100).contains(year) }

    private mutating func yearFirst(_ year: Int) -> Bool {
        guard Self.isPlausible(year: year) else { return false }
        index += 4
        pattern = "yyyy"
        if literal("年") { return number("M") != nil && literal("月") && number("d") != nil && literal("日") }
        guard let sign = separator(), let month = number("M"), (1...12).contains(month), separator(sign) != nil,
            let day = number("d")
        else { return false }
        return (1...31).contains(day)
    }

    private mutating func yearLast() -> Bool {
        guard let first = number("M"), let sign = separator() else { return false }
        if let name = monthName() {
            pattern = "d\(sign)\(name)"
        } else {
            guard let second = number("d") else { return false }
            numbers = (first, second)
            order = .dayOrMonthFirst
            guard (1...31).contains(first), (1...31).contains(second), min(first, second) <= 12 else { return false }
        }
        guard separator(sign) != nil else { return false }
        let (count, year) = digits()
        index += count
        switch count {
        case 4:
            pattern += "yyyy"
            return Self.isPlausible(year: year)
        case 2:
            pattern += "yy"
            return true
        default: return false
        }
    }

    private mutating func monthName() -> String? {
        let names = "janfebmaraprmayjunjulaugsepoctnovdec"
        guard index + 3 <= bytes.count else { return nil }
        let word = String(decoding: bytes[index..<index + 3], as: UTF8.self).lowercased()
        guard word.utf8.count == 3, let range = names.firstRange(of: word),
            names.distance(from: names.startIndex, to: range.lowerBound) % 3 == 0
        else { return nil }
        index += 3
        return "MMM"
    }

    private mutating func compact(_ count: Int, _ value: Int) -> Bool {
        let pattern = "yyyyMMdd" + (count > 8 ? "HHmm" : "") + (count > 12 ? "ss" : "")
        guard let year = Int(String(decoding: bytes[index..<index + 4], as: UTF8.self)), Self.isPlausible(year: year),
            TimePattern(pattern)?.read(bytes.span.extracting(index..<index + count)) != nil
        else { return false }
        index += count
        self.pattern = pattern
        isDigitsAlone = isAtEnd
        return true
    }

    /// Seconds or milliseconds since 1970, of the years 2000 to 2100.
    private mutating func epoch(_ count: Int, _ value: Int) -> Bool {
        guard (946_684_800...4_102_444_800).contains(count == 10 ? value : value / 1_000) else { return false }
        index += count
        pattern = count == 10 ? "epoch-seconds" : "epoch-milliseconds"
        isDigitsAlone = true
        return isAtEnd
    }

    // MARK: - Time of day

    mutating func timeOfDay() -> Bool {
        if bytes[index] == UInt8(ascii: "T") {
            index += 1
            pattern += "'T'"
        } else if !literal(" ") {
            return false
        }
        let start = pattern
        guard !isAtEnd else { return false }
        if let half = ["上午", "下午"].first(where: { bytes[index...].starts(with: $0.utf8) }) {
            index += half.utf8.count
            return clock(hour: "h", before: start + "a")
        }
        let from = index
        guard clock(hour: "H", before: start) else { return false }
        guard let half = halfDay() else { return true }
        let end = index
        index = from
        guard clock(hour: "h", before: start) else { return false }
        pattern += half
        index = end
        return true
    }

    private mutating func clock(hour: String, before: String) -> Bool {
        pattern = before
        guard let value = number(hour), value < 24 else { return false }
        if literal("时") {
            guard twoDigits("mm"), literal("分") else { return false }
            if !isAtEnd, digits().count == 2 { return twoDigits("ss") && literal("秒") }
            return true
        }
        guard literal(":"), twoDigits("mm") else { return false }
        guard !isAtEnd, bytes[index] == UInt8(ascii: ":") else { return true }
        guard literal(":"), twoDigits("ss") else { return false }
        guard !isAtEnd, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") else { return true }
        guard literal(".") || literal(",") else { return false }
        let (count, _) = digits()
        guard (1...9).contains(count) else { return false }
        index += count
        pattern += "S"
        return true
    }

    private mutating func halfDay() -> String? {
        var place = index
        var text = ""
        if place < bytes.count, bytes[place] == UInt8(ascii: " ") {
            place += 1
            text = " "
        }
        guard place + 2 <= bytes.count, bytes[place + 1] | 0x20 == UInt8(ascii: "m"),
            bytes[place] | 0x20 == UInt8(ascii: "a") || bytes[place] | 0x20 == UInt8(ascii: "p")
        else { return nil }
        index = place + 2
        return text + "a"
    }

    // MARK: - Offset

    mutating func offset() -> Bool {
        if literal(" "), isAtEnd { return false }
        if bytes[index...] == Array("UTC".utf8)[...] || bytes[index...] == Array("GMT".utf8)[...] {
            pattern += "'\(String(decoding: bytes[index...], as: UTF8.self))'"
            index = bytes.count
            return true
        }
        if bytes[index] == UInt8(ascii: "Z") {
            index += 1
            pattern += "XXX"
            return true
        }
        guard bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") else { return false }
        index += 1
        let (count, _) = digits()
        index += count
        switch count {
        case 4: pattern += "XX"
        case 2 where isAtEnd: pattern += "X"
        case 2:
            guard bytes[index] == UInt8(ascii: ":") else { return false }
            index += 1
            guard digits().count == 2 else { return false }
            index += 2
            pattern += "XXX"
        default: return false
        }
        return true
    }
}
