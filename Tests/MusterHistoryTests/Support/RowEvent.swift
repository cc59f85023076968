import EventSourcing
import Records

/// A `RowImported` event, read back.
struct RowEvent {
    let mapping: String
    let stages: [String: Timestamp]
    /// Texts, numbers and times alike, as text.
    let attributes: [String: String]

    init(_ event: RecordedEvent) throws(Problems) {
        var reader = JSONReader(event.data)
        var mapping = ""
        var stages: [String: Timestamp] = [:]
        var attributes: [String: String] = [:]
        for member in try reader.members() {
            var value = reader.at(member.start)
            switch member.name {
            case "mapping":
                for part in try value.members() where part.name == "name" {
                    var name = value.at(part.start)
                    mapping = try name.string()
                }
            case "stages":
                for stage in try value.members() {
                    var text = value.at(stage.start)
                    stages[stage.name] = try Self.time(text.string())
                }
            case "attributes":
                for attribute in try value.members() {
                    var content = value.at(attribute.start)
                    if content.peek() == .string {
                        attributes[attribute.name] = try content.string()
                    } else {
                        attributes[attribute.name] = String(try content.integer())
                    }
                }
            default: break
            }
        }
        self.mapping = mapping
        self.stages = stages
        self.attributes = attributes
    }

    static func time(_ text: String) throws(Problems) -> Timestamp {
        guard let time = Timestamp(rfc3339: text) else {
            throw Problems("date-time", Words("is not a time", zh: "不是时间"))
        }
        return time
    }
}
