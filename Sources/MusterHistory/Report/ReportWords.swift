import EventSourcing
import Records

/// Numbers, times and words as a report's text shows them in one language.
struct ReportWords {
    let language: Language

    subscript(words: Words) -> String { words[language] }

    /// With a comma between groups of three digits.
    func number(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// How many of something whose English name is given in the plural: "1 case", "2,000 inquiries".
    func count(_ value: Int, _ plural: String) -> String {
        guard value == 1 else { return "\(number(value)) \(plural)" }
        // What they are of, as in "cases of grid", stays as it is.
        let things = plural.firstRange(of: " of ").map { plural[..<$0.lowerBound] } ?? plural[...]
        let rest = plural[things.endIndex...]
        if things.hasSuffix("ies") { return "1 \(things.dropLast(3))y\(rest)" }
        return "1 \(things.hasSuffix("s") ? things.dropLast() : things)\(rest)"
    }

    /// Seconds, with as many fraction digits as it takes, at most six.
    func seconds(_ duration: Duration?) -> String {
        guard let duration else { return "–" }
        let microseconds = duration.wholeMicroseconds
        var text = number(Int(microseconds / 1_000_000))
        let fraction = microseconds.magnitude % 1_000_000
        if fraction > 0 {
            let digits = String(fraction)
            text += "." + String(repeating: "0", count: 6 - digits.count) + digits
            while text.last == "0" { text.removeLast() }
        }
        return text
    }

    /// As people say it, in one or two units.
    func roughly(_ duration: Duration?) -> String {
        guard let seconds = duration?.components.seconds else { return "–" }
        func both(_ large: Int64, _ largeUnit: Words, _ small: Int64, _ smallUnit: Words) -> String {
            let first = "\(number(Int(large))) \(self[largeUnit])"
            return small == 0 ? first : "\(first) \(small) \(self[smallUnit])"
        }
        let (days, hours, minutes) = (Words("d", zh: "天"), Words("h", zh: "小时"), Words("min", zh: "分"))
        if seconds >= 2 * 86_400 { return both(seconds / 86_400, days, seconds % 86_400 / 3_600, hours) }
        if seconds >= 2 * 3_600 { return both(seconds / 3_600, hours, seconds % 3_600 / 60, minutes) }
        let second = Words("s", zh: "秒")
        if seconds >= 120 { return both(seconds / 60, minutes, seconds % 60, second) }
        return "\(seconds) \(self[second])"
    }

    /// The same for durations that can be negative.
    func signed(_ duration: Duration) -> String {
        duration < .zero ? "−" + roughly(.zero - duration) : roughly(duration)
    }

    /// A share as a percentage: whole, but with a fraction digit where a whole number would say nothing.
    func percent(_ share: Double) -> String {
        let value = share * 100
        let isPlain = (9.95..<99.5).contains(value) || value == 0 || value == 100
        return "\(isPlain ? String(Int(value.rounded())) : Self.decimal(value, digits: 1)) %"
    }

    /// A number with as many fraction digits.
    static func decimal(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return String(value) }
        let whole = Int64(scaled)
        let rest = String(whole % Int64(scale))
        let fraction = digits == 0 ? "" : "." + String(repeating: "0", count: digits - rest.count) + rest
        return (value < 0 && whole != 0 ? "-" : "") + String(whole / Int64(scale)) + fraction
    }

    func mode(_ mode: LogMode) -> String {
        switch mode {
        case .live: self[Words("live", zh: "实况")]
        case .exercise: self[Words("exercise", zh: "演练")]
        case .history: self[Words("history", zh: "历史")]
        }
    }

    /// The table of how long stages took. Percentiles are exact: nearest rank.
    func table(of intervals: [IntervalReport]) -> TextTable {
        var table = TextTable(hasRemarks: true)
        table.add(
            self[Words("stage (seconds)", zh: "阶段（秒）")],
            self[Words("rows", zh: "行")],
            self[Words("median", zh: "中位数")],
            "p90",
            "p99",
            self[Words("longest", zh: "最长")],
            self[Words("missing", zh: "缺失")],
            self[Words("negative", zh: "倒置")],
            self[Words("median, p90", zh: "中位数、p90")]
        )
        for interval in intervals {
            let durations = interval.durations
            let remark = "\(roughly(durations.median)), \(roughly(durations.percentile(90)))"
            table.add(
                "\(self[interval.fromWords]) → \(self[interval.toWords])",
                number(durations.count),
                seconds(durations.median),
                seconds(durations.percentile(90)),
                seconds(durations.percentile(99)),
                seconds(durations.maximum),
                number(interval.missing),
                number(interval.negative),
                durations.count > 0 ? remark : ""
            )
        }
        return table
    }
}
