import EventSourcing
import MusterDomain

/// The name of a report of the town. Its last digit says how it came: 0 the first of its thing, 1 to 7 an echo of that
/// one, 8 and above a part that was split off. So everybody knows what goes along with what without keeping lists.
struct TownReportName: Hashable, Sendable {
    private static let length = 36

    private let stem: Substring
    private let digit: Int

    /// Nil for names that the town did not make: those of others are of another version.
    init?(_ report: ReportID) {
        let text = report.rawValue
        guard text.utf8.count == Self.length, UniqueID(text) != nil, text.dropFirst(14).first == "8",
            let digit = text.last?.hexDigitValue
        else { return nil }
        self.init(stem: text.dropLast(), digit: digit)
    }

    init?(hashing text: String, _ echo: Int) {
        guard (0...7).contains(echo) else { return nil }
        self.init(stem: Substring(UniqueID(hashing: text).description.dropLast()), digit: echo)
    }

    private init(stem: Substring, digit: Int) {
        self.stem = stem
        self.digit = digit
    }

    var report: ReportID? { ReportID(rawValue: "\(stem)\(String(digit, radix: 16))") }

    /// The first report of the same thing; nil for those that are first themselves.
    var original: ReportID? {
        (1...7).contains(digit) ? TownReportName(stem: stem, digit: 0).report : nil
    }

    /// The name of what an echo becomes when it was taken for the same and is not.
    var part: ReportID? {
        (1...7).contains(digit) ? TownReportName(stem: stem, digit: digit + 8).report : nil
    }

    var isPart: Bool { digit > 7 }

    /// Whether an echo is of another thing near by, and only sounds the same.
    func isOther(_ dice: TownDice) -> Bool {
        original != nil && dice.isTrue("\(stem)\(digit)/other", chance: 0.2)
    }
}
