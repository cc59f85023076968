import Foundation
import MusterDomain
import MusterGateway
import Testing

@Suite struct OpenAPIDocumentTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../schemas/openapi.json")

    /// To write the file anew: `MUSTER_WRITE_SCHEMAS=1 swift test --filter OpenAPIDocument`.
    @Test func `The released description is the one that the code writes`() throws {
        let document = try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.json()))
        let written = try JSONSerialization.data(
            withJSONObject: document,
            options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        )
        if ProcessInfo.processInfo.environment["MUSTER_WRITE_SCHEMAS"] != nil { try written.write(to: Self.file) }
        #expect(try Data(contentsOf: Self.file) == written)
    }

    @Test func `Every command is described`() {
        let document = String(decoding: OpenAPIDocument.json(), as: UTF8.self)
        for entry in CommandCatalogue.all { #expect(document.contains("\"#/components/schemas/\(entry.name)\"")) }
    }

    @Test func `Agencies read what tasks hold, whether they take them or are sent them`() throws {
        let object = try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.json()))
        let document = try #require(object as? [String: Any])
        let schemas = try #require((document["components"] as? [String: Any])?["schemas"] as? [String: Any])
        for sort in TaskContent.sorts { #expect(schemas[sort.name] != nil) }
        let payload = try #require((schemas["TaskPayload"] as? [String: Any])?["anyOf"] as? [[String: String]])
        #expect(payload.compactMap { $0["$ref"] } == TaskContent.sorts.map { "#/components/schemas/\($0.name)" })
        let text = String(decoding: OpenAPIDocument.json(), as: UTF8.self)
        for name in ["LeaseAnswer", "TaskMessage"] {
            #expect(schemas[name] != nil)
            #expect(text.contains("\"$ref\":\"#/components/schemas/\(name)\""), "\(name) is referred to")
        }
        #expect((document["webhooks"] as? [String: Any])?.keys.sorted() == ["task"])
    }
}
