import Foundation
import Records
import Testing

/// JSON Schema made from a description.
@Suite struct SchemaTests {
    private func schema() throws -> [String: Any] {
        var writer = JSONWriter()
        Sample.record.codec.schema.writeJSONSchema(to: &writer)
        return try #require(try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any])
    }

    @Test("A record is an object that names what is required and allows nothing else")
    func object() throws {
        let schema = try schema()
        #expect(schema["type"] as? String == "object")
        #expect(schema["required"] as? [String] == ["line", "count", "share", "isOn", "colour", "parts"])
        #expect(schema["additionalProperties"] as? Bool == false)
    }

    @Test("Fields carry titles in both languages, bounds and choices")
    func fields() throws {
        let fields = try #require(try schema()["properties"] as? [String: [String: Any]])
        #expect(fields["line"]?["title"] as? String == "Line")
        #expect(fields["line"]?["x-title-zh"] as? String == "行")
        #expect(fields["line"]?["description"] as? String == "One line")
        #expect(fields["line"]?["maxLength"] as? Int == 10)
        #expect(fields["count"]?["maximum"] as? Int == 9)
        #expect(fields["colour"]?["enum"] as? [String] == ["red", "blue"])
        #expect(fields["tags"]?["uniqueItems"] as? Bool == true)
        #expect(fields["parts"]?["maxItems"] as? Int == 3)
    }
}
