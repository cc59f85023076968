import Records

/// OCEL 2.0 in JSON. All values are texts, as its schema wants them.
final class OCELJSONEncoding: OCELEncoding {
    private let output: ExportOutput
    private let head: ExportHead
    private var isFirst = true

    init(_ output: ExportOutput, _ head: ExportHead) {
        self.output = output
        self.head = head
    }

    func begin(objectTypes: [String], eventTypes: [OCELEventType]) throws {
        var writer = JSONWriter(capacity: 4_096)
        writer.beginObject()
        writer.name("muster")
        writer.beginObject()
        for member in head.members { writer.member(member.name, member.value) }
        writer.endObject()
        writer.name("objectTypes")
        writer.beginArray()
        for type in objectTypes {
            writer.beginObject()
            writer.member("name", type)
            writer.name("attributes")
            writer.beginArray()
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.name("eventTypes")
        writer.beginArray()
        for type in eventTypes {
            writer.beginObject()
            writer.member("name", type.name)
            writer.name("attributes")
            writer.beginArray()
            for attribute in type.attributes {
                writer.beginObject()
                writer.member("name", attribute.name)
                writer.member("type", attribute.kind.rawValue)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        try output.write(writer.bytes)
        try output.write(",\n\"objects\":[")
    }

    func object(_ id: String, type: String) throws {
        var writer = JSONWriter(capacity: 100)
        writer.beginObject()
        writer.member("id", id)
        writer.member("type", type)
        writer.endObject()
        try writeElement(writer.bytes)
    }

    func beginEvents() throws {
        try output.write("],\n\"events\":[")
        isFirst = true
    }

    func event(_ item: ExportItem, _ attributes: [ExportAttribute]) throws {
        var writer = JSONWriter(capacity: 1_024)
        writer.beginObject()
        writer.member("id", item.id)
        writer.member("type", item.activity)
        writer.member("time", item.at.exported)
        writer.name("attributes")
        writer.beginArray()
        for attribute in attributes {
            writer.beginObject()
            writer.member("name", attribute.name)
            writer.member("value", attribute.value.text)
            writer.endObject()
        }
        writer.endArray()
        writer.name("relationships")
        writer.beginArray()
        for reference in item.references {
            writer.beginObject()
            writer.member("objectId", reference.object)
            writer.member("qualifier", reference.qualifier)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        try writeElement(writer.bytes)
    }

    func end() throws { try output.write("]}\n") }

    private func writeElement(_ bytes: [UInt8]) throws {
        try output.write(isFirst ? "\n" : ",\n")
        try output.write(bytes)
        isFirst = false
    }
}
