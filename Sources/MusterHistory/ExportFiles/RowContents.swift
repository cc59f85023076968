import EventSourcing
import Records

/// A `RowImported` event with all that it says, in the order in which it says it.
struct RowContents {
    var source: String?
    var row: Int64?
    var mapping = ""
    var key = ""
    var revision = 1
    var activity: String?
    var started: Timestamp?
    var stages: [(name: String, at: Timestamp)] = []
    var attributes: [(name: String, value: ExportValue)] = []

    init(_ data: [UInt8]) throws(Problems) {
        var reader = JSONReader(data)
        for member in try reader.members() {
            var value = reader.at(member.start)
            switch member.name {
            case "source": source = try value.string()
            case "row": row = try value.integer()
            case "key": key = try value.string()
            case "revision": revision = Int(try value.integer())
            case "activity": activity = try value.string()
            case "started": started = try Self.time(value.string())
            case "mapping":
                mapping = try Self.mapping(value)
            case "stages":
                for stage in try value.members() {
                    var text = value.at(stage.start)
                    stages.append((stage.name, try Self.time(text.string())))
                }
            case "attributes":
                for attribute in try value.members() {
                    if let content = try ExportValue(value.at(attribute.start)) {
                        attributes.append((attribute.name, content))
                    }
                }
            default: break
            }
        }
    }

    /// The name of the mapping, where a reader is at the member that says it.
    static func mapping(_ reader: JSONReader) throws(Problems) -> String {
        var reader = reader
        for part in try reader.members() where part.name == "name" {
            var name = reader.at(part.start)
            return try name.string()
        }
        return ""
    }

    private static func time(_ text: String) throws(Problems) -> Timestamp {
        guard let time = Timestamp(rfc3339: text) else {
            throw Problems("date-time", Words("is not a time", zh: "不是时间"))
        }
        return time
    }
}

extension ExportValue {
    /// The value that stands where a reader is; nil for null.
    init?(_ reader: JSONReader) throws(Problems) {
        var reader = reader
        switch reader.peek() {
        case .string: self = .text(try reader.string())
        case .boolean: self = .boolean(try reader.boolean())
        case .null: return nil
        case .number:
            let text = try reader.valueText()
            self = Int64(text).map(ExportValue.integer) ?? .number(text)
        case .array, .object, nil:
            self = .json(try reader.valueText())
        }
    }
}

extension JSONReader {
    /// The text of the next value.
    fileprivate mutating func valueText() throws(Problems) -> String {
        _ = peek()
        let start = index
        try skipValue()
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }
}
