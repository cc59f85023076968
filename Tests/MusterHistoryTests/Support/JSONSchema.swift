import EventSourcing
import Foundation
import Testing

/// A schema of as much of JSON Schema (draft 7) as that of OCEL 2.0 uses. Any other word of a schema is a fault, so that
/// nothing is passed over in silence.
struct JSONSchema {
    let text: Data

    /// What is wrong with a document, and where.
    func faults(of document: Data) throws -> [String] {
        let root = try JSONSerialization.jsonObject(with: text) as? [String: Any]
        return Self.faults(of: try JSONSerialization.jsonObject(with: document), try #require(root), at: "$")
    }

    private static func faults(of value: Any, _ schema: [String: Any], at path: String) -> [String] {
        var faults: [String] = []
        for (word, rule) in schema {
            switch (word, rule) {
            case ("$schema", _): break
            case ("type", let type as String):
                if !isOf(type, value) { faults.append("\(path): no \(type)") }
            case ("format", "date-time" as String):
                if Timestamp(rfc3339: value as? String ?? "") == nil { faults.append("\(path): no date-time") }
            case ("required", let names as [String]):
                let members = value as? [String: Any] ?? [:]
                faults += names.filter { members[$0] == nil }.map { "\(path): lacks \($0)" }
            case ("properties", let properties as [String: [String: Any]]):
                for (name, member) in value as? [String: Any] ?? [:] {
                    faults += properties[name].map { Self.faults(of: member, $0, at: "\(path).\(name)") } ?? []
                }
            case ("items", let items as [String: Any]):
                for (index, element) in (value as? [Any] ?? []).enumerated() {
                    faults += Self.faults(of: element, items, at: "\(path)[\(index)]")
                }
            default: faults.append("\(path): the schema's “\(word)” is not known here")
            }
        }
        return faults
    }

    private static func isOf(_ type: String, _ value: Any) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        default: false
        }
    }
}
