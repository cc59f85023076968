/// A JSON document as text, sent as `json`: stored as it is written, white space and key order kept.
///
/// Reads `json` and `jsonb` columns. The text is not checked here; the server refuses what is not JSON.
package struct JSONText: Sendable, Hashable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension JSONText: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .json }
    package static var postgresName: String { "json" }
    package static var postgresArrayType: PostgresType { .jsonArray }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(text: text)
    }

    package static func accepts(_ type: PostgresType) -> Bool {
        type == .json || type == .jsonb
    }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self.init(type == .jsonb ? try JSONBText(bytes: bytes, of: type).text : bytes.text())
    }

    package static func encodeArray(_ elements: [JSONText], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .json, bytesPerElement: 256) { $0.encode(into: &$1) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool {
        type == .jsonArray || type == .jsonbArray
    }
}
