import MusterDomain
import Records
import Testing

/// One key of a limits file, with a value that is not the standard one.
struct LimitsKey: Sendable, CustomTestStringConvertible {
    let path: [String]
    /// As JSON.
    let other: String
    var help: Words?

    var name: String { path.joined(separator: ".") }
    var testDescription: String { name }

    /// A file that holds this key and no other.
    func document(_ value: String) -> String {
        path.enumerated().map { depth, name in
            String(repeating: "  ", count: depth) + name + ":" + (depth == path.count - 1 ? " \(value)\n" : "\n")
        }
        .joined()
    }

    static let all = keys(of: Limits.record.fields, in: [])

    /// The sections, the whole file first.
    static let sections = [[]] + sections(of: Limits.record.fields, in: [])

    /// What limits are, key by key, as JSON.
    static func values(of limits: Limits) throws -> [String: String] {
        var values: [String: String] = [:]
        func take(_ fields: [FieldDescription], _ path: [String]) {
            for field in fields {
                let path = path + [field.name]
                if case .record(let members) = field.schema {
                    take(members, path)
                } else if let value = field.missing {
                    values[path.joined(separator: ".")] = String(decoding: value, as: UTF8.self)
                }
            }
        }
        take(Limits.record(standard: limits).fields, [])
        return values
    }

    private static func keys(of fields: [FieldDescription], in section: [String]) -> [LimitsKey] {
        fields.flatMap { field in
            let path = section + [field.name]
            if case .record(let members) = field.schema { return keys(of: members, in: path) }
            let standard = field.missing.map { String(decoding: $0, as: UTF8.self) }
            let other = values(of: field.schema).first { $0 != standard } ?? ""
            return [LimitsKey(path: path, other: other, help: field.help)]
        }
    }

    private static func sections(of fields: [FieldDescription], in section: [String]) -> [[String]] {
        fields.flatMap { field in
            guard case .record(let members) = field.schema else { return [[String]]() }
            let path = section + [field.name]
            return [path] + sections(of: members, in: path)
        }
    }

    /// Two values that a schema allows, as JSON.
    private static func values(of schema: Schema) -> [String] {
        switch schema {
        case .boolean: ["true", "false"]
        case .integer(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
        case .number(let range): ["\(range.upperBound)".replacing(".0", with: ""), "0.5"]
        case .choice(let options): options.prefix(2).map { "\"\($0.value)\"" }
        case .list(let element, _, _): values(of: element).map { "[\($0)]" }
        case .text, .formatted: ["\"one\"", "\"two\""]
        case .record: []
        }
    }
}
