package import MusterDomain

/// What is different in a replay from how it was.
package struct ReplayChanges: Hashable, Sendable {
    /// Crews in the replay.
    package var crews: [CrewChange] = []
    /// Crews there were, where that is known better than the log shows.
    package var formerCrews: [CrewChange] = []
    /// How long a stage may take in the replay.
    package var limits: [StageTime] = []
    /// How long the work of a stage takes, where the log does not say when it was begun.
    package var works: [StageTime] = []
    /// The stage at which a crew takes the work of a row.
    package var begins: String?
    /// What incidents are handled by.
    package var playbook: Playbook?

    package init() {}

    /// As arguments of `muster replay`.
    package var arguments: [String] {
        var arguments: [String] = []
        for change in formerCrews { arguments += ["--had", change.text] }
        for work in works { arguments += ["--work", work.text] }
        if let begins { arguments += ["--begins", begins] }
        for change in crews { arguments += ["--crews", change.text] }
        for limit in limits { arguments += ["--limit", limit.text] }
        if let playbook { arguments += ["--playbook", "\(playbook.playbook)@\(playbook.version)"] }
        return arguments
    }
}

/// How many crews of an agency there are at some hours.
package struct CrewChange: Hashable, Sendable {
    package enum Number: Hashable, Sendable {
        case exactly(Int)
        case more(Int)
        case fewer(Int)
    }

    /// Stands for every agency.
    static let everyAgency = "*"

    package let agency: String
    package let hours: HourSpan
    package let number: Number

    package static let maximumCrews = 10_000

    /// Reads `AGENCY=22-6:+2`, or `AGENCY=+2` for the whole day.
    package init(_ text: String) throws(ReplayError) {
        guard let sign = text.lastIndex(of: "="), sign > text.startIndex else { throw .unreadableCrews(text) }
        agency = String(text[..<sign])
        let rest = text[text.index(after: sign)...]
        let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        hours = parts.count == 2 ? try HourSpan(parts[0], in: text) : .day
        number = try Self.number(parts[parts.count - 1], in: text)
    }

    private static func number(_ part: Substring, in text: String) throws(ReplayError) -> Number {
        let digits = part.first == "+" || part.first == "-" || part.first == "−" ? part.dropFirst() : part
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw .unreadableCrews(text)
        }
        guard let number = Int(digits), number <= maximumCrews else { throw .tooManyCrews(text, maximumCrews) }
        switch part.first {
        case "+": return .more(number)
        case "-", "−": return .fewer(number)
        default: return .exactly(number)
        }
    }

    var text: String {
        let crews =
            switch number {
            case .exactly(let number): "\(number)"
            case .more(let number): "+\(number)"
            case .fewer(let number): "-\(number)"
            }
        return hours == .day ? "\(agency)=\(crews)" : "\(agency)=\(hours.text):\(crews)"
    }
}

/// Full hours of the local day, which may go over midnight: 22-6 is from 22:00 to 6:00.
package struct HourSpan: Hashable, Sendable {
    let from: Int
    let until: Int

    static let day = HourSpan(from: 0, until: 24)

    private init(from: Int, until: Int) {
        self.from = from
        self.until = until
    }

    init(_ part: Substring, in text: String) throws(ReplayError) {
        let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = Self.hour(ends[0]), let until = Self.hour(ends[1]) else {
            throw .unreadableCrews(text)
        }
        guard (0...23).contains(from), (0...24).contains(until), from != until else { throw .noSuchHours(text) }
        self.init(from: from, until: until)
    }

    /// An hour, also one that no day has; nil for what is no number.
    private static func hour(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && text.utf8.count <= 4
            ? Int(text) : nil
    }

    /// In their order.
    var list: [Int] { (0..<(until > from ? until - from : until + 24 - from)).map { (from + $0) % 24 } }
    var text: String { "\(from)-\(until)" }
}

/// A stage or an activity, and a time for it.
package struct StageTime: Hashable, Sendable {
    package let stage: String
    package let time: Duration

    /// Reads `STAGE=90m`; days, hours, minutes and seconds, as `1d12h`.
    package init(_ text: String) throws(ReplayError) {
        guard let sign = text.lastIndex(of: "="), sign > text.startIndex else { throw .unreadableTime(text) }
        stage = String(text[..<sign])
        guard let seconds = Self.seconds(text[text.index(after: sign)...]) else { throw .unreadableTime(text) }
        guard seconds > 0 else { throw .noTime(text) }
        time = .seconds(seconds)
    }

    /// A hundred years: nothing that is limited takes longer.
    private static let maximumSeconds = 100 * 366 * 86_400

    private static func seconds(_ text: Substring) -> Int? {
        var (seconds, number): (Int, Int?) = (0, nil)
        guard !text.isEmpty else { return nil }
        for character in text {
            if let digit = character.wholeNumberValue, character.isASCII {
                let grown = (number ?? 0) * 10 + digit
                guard grown <= maximumSeconds else { return nil }
                number = grown
                continue
            }
            guard let count = number else { return nil }
            switch character {
            case "d": seconds += count * 86_400
            case "h": seconds += count * 3_600
            case "m": seconds += count * 60
            case "s": seconds += count
            default: return nil
            }
            guard seconds <= maximumSeconds else { return nil }
            number = nil
        }
        return number == nil ? seconds : nil
    }

    var text: String {
        var rest = time.components.seconds
        var text = ""
        for (unit, size) in [("d", Int64(86_400)), ("h", 3_600), ("m", 60), ("s", 1)] where rest >= size {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return "\(stage)=\(text)"
    }
}
