/// A JSON document as text, sent as `jsonb`: the server parses it and keeps the meaning, not the writing.
package struct JSONBText: Sendable, Hashable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension JSONBText: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// The only version of the binary format so far; it stands before the text.
    private static let version: UInt8 = 1

    package static var postgresType: PostgresType { .jsonb }
    package static var postgresName: String { "jsonb" }
    package static var postgresArrayType: PostgresType { .jsonbArray }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(Self.version)
        writer.write(text: text)
    }

    package static func accepts(_ type: PostgresType) -> Bool { type == .jsonb }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        guard try bytes.integer(at: 0, as: UInt8.self) == Self.version else { throw .malformed }
        self.init(bytes.extracting(droppingFirst: 1).text())
    }

    package static func encodeArray(_ elements: [JSONBText], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .jsonb, bytesPerElement: 256) { $0.encode(into: &$1) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .jsonbArray }
}
