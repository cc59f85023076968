import EventSourcing
import Records

/// Numbers, durations, shares and times as the page writes them: short, for labels, one unit at a time.
struct PageWords {
    /// Longer names are cut, also where they are said to be whole: a page with one such name a row would not end.
    private static let longestName = 400

    let language: Language
    /// What a case is called, in the plural.
    let cases: String

    init(_ analysis: HistoryAnalysis, _ language: Language) {
        self.language = language
        cases = analysis.source.caseWords[language]
    }

    subscript(words: Words) -> String { words[language] }

    func callAsFunction(_ en: String, _ zh: String) -> String { language == .en ? en : zh }

    /// The name of something in the log, as people read it.
    func name(_ label: Label) -> String {
        let name = String(TextMeasure.flattened(label.words[language]).prefix(Self.longestName))
        return name.allSatisfy(\.isWhitespace) ? self("(no name)", "（无名）") : name
    }

    /// The same, short enough to stand in a title.
    func brief(_ label: Label) -> String { TextMeasure.shortened(name(label), to: 250, size: 15) }

    func number(_ value: Int) -> String { ReportWords(language: language).number(value) }

    /// `71 %`; with a digit after the point where a whole number would say too little. Only none is 0 and only all is 100.
    func share(_ share: Double) -> String {
        guard share.isFinite else { return "–" }
        let percent = share * 100
        if percent == 0 { return "0\u{A0}%" }
        if percent.magnitude < 0.1 { return "<\u{A0}0.1\u{A0}%" }
        let isFine = percent.magnitude < 10 || (percent > 99 && percent < 100)
        if isFine {
            let tenths = min(Int((percent * 10).rounded()), percent < 100 ? 999 : 1_000)
            return "\(decimal(tenths))\u{A0}%"
        }
        return "\(Int(percent.rounded()))\u{A0}%"
    }

    /// `4 min`, `2.4 h`, `13 d`: two or three digits and one unit.
    func duration(_ duration: Duration) -> String {
        let micros = duration.wholeMicroseconds
        let sign = micros < 0 ? "−" : ""
        return sign + self.duration(seconds: Double(micros.magnitude) / 1_000_000)
    }

    /// The time of many cases together: in days, so that such times compare.
    func total(_ duration: Duration) -> String {
        let days = Double(duration.wholeMicroseconds) / 86_400_000_000
        guard days >= 10 else { return self.duration(duration) }
        return "\(number(Int(days.rounded())))\u{A0}\(self("d", "天"))"
    }

    func duration(seconds: Double) -> String {
        let (value, unit) = parts(seconds)
        return "\(value)\u{A0}\(unit)"
    }

    /// A duration's number without its unit where that is the one given, else both.
    private func parts(_ seconds: Double) -> (String, String) {
        let units: [(Double, Double, String)] = [
            // Below so many seconds, in this unit.
            (0.001, 0.000_001, self("µs", "微秒")), (1, 0.001, self("ms", "毫秒")), (100, 1, self("s", "秒")),
            (100 * 60, 60, self("min", "分")), (48 * 3_600, 3_600, self("h", "小时")),
            (730 * 86_400, 86_400, self("d", "天")), (.infinity, 365 * 86_400, self("y", "年")),
        ]
        if seconds == 0 { return ("0", units[2].2) }
        for (bound, size, name) in units where seconds < bound {
            let amount = seconds / size
            let tenths = Int((amount * 10).rounded())
            // Whole seconds and minutes are exact enough from ten on, and before it when there is no fraction.
            return (amount < 9.95 ? decimal(tenths) : number(Int(amount.rounded())), name)
        }
        return ("–", "")
    }

    /// Tenths as a number with at most one digit after the point.
    func decimal(_ tenths: Int) -> String {
        let sign = tenths < 0 ? "−" : ""
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        let text = ReportWords(language: language).number(Int(whole))
        return sign + (rest == 0 ? text : "\(text).\(rest)")
    }

    /// Seconds with all their digits, for people who point at the short form.
    func exact(_ duration: Duration) -> String {
        ReportWords(language: language).seconds(duration) + "\u{A0}" + self("s", "秒")
    }

    /// Two or more names as a sentence has them.
    func list(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        let head = names.dropLast().joined(separator: self(", ", "、"))
        return head + self(" and ", "和") + last
    }

    // MARK: - Calendar

    /// `Nov 2025`, `2025年11月`.
    func month(_ month: Month) -> String {
        self("\(Self.months[month.month - 1]) \(month.year)", "\(month.year)年\(month.month)月")
    }

    /// `Nov`, `11月`.
    func shortMonth(_ month: Month) -> String { self(Self.months[month.month - 1], "\(month.month)月") }

    /// From Monday as 0.
    func weekday(_ index: Int) -> String {
        let names = language == .en ? Self.weekdays : ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
        return names.indices.contains(index) ? names[index] : ""
    }

    func hour(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
}
