package import MusterDomain
import Records

/// Limits written down for administrators: every key with its value, what it means, and the rule that it belongs to. All of
/// it comes from the description that reads a limits file, so nothing is left out, and what it says can be read back.
package enum LimitsDocument {
    package static func text(of limits: Limits) -> String {
        var lines = header
        write(Limits.record(standard: limits).fields, depth: 0, to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    private static let header = [
        "# Every limit of Muster: its key, its value, what it means, and the rule that it belongs to.",
        "# Muster 的全部时限与阈值：键、取值、含义及所属规则。",
        "#",
        "# A limits file (limits.file in musterd.yaml) names those alone that are to be others. What it does not name stays as",
        "# it is, and a key that is not here is refused. `muster limits FILE` shows what holds with a file.",
    ]

    private static func write(_ fields: [FieldDescription], depth: Int, to lines: inout [String]) {
        let indent = String(repeating: "  ", count: depth)
        for field in fields {
            // Sections stand apart.
            if depth == 0 { lines.append("") }
            for words in [field.help ?? field.words] { lines += ["\(indent)# \(words.en)", "\(indent)# \(words.zh)"] }
            if case .record(let members) = field.schema {
                lines.append("\(indent)\(field.name):")
                write(members, depth: depth + 1, to: &lines)
                continue
            }
            // JSON is YAML.
            let value = field.missing.map { String(decoding: $0, as: UTF8.self) }
            let line = value.map { "\(indent)\(field.name): \($0)" } ?? "\(indent)# \(field.name):"
            lines.append(note(field, value).map { "\(line)  # \($0)" } ?? line)
        }
    }

    /// What the value is in other units, or which others there may be.
    private static func note(_ field: FieldDescription, _ value: String?) -> String? {
        switch field.schema {
        case .integer where field.name.hasSuffix("Seconds"): value.flatMap(Int.init).flatMap(length)
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "\(number(range.lowerBound)) to \(number(range.upperBound))"
        case .choice(let options): options.map(\.value).joined(separator: ", ")
        case .list(.choice(let options), _, _): "of \(options.map(\.value).joined(separator: ", "))"
        case .boolean, .text, .formatted, .list, .record: nil
        }
    }

    /// 11.0 as "11".
    private static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? String(value) }

    /// 86,400 as "1 d"; nil where seconds say it best.
    private static func length(_ seconds: Int) -> String? {
        for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "min")] where seconds.isMultiple(of: unit) {
            return "\(seconds / unit) \(name)"
        }
        return nil
    }
}
