/// Text. PostgreSQL cannot store the character U+0000: the server refuses it with SQLSTATE 22021.
extension String: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .text }
    package static var postgresName: String { "text" }
    package static var postgresArrayType: PostgresType { .textArray }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(text: self)
    }

    package static func accepts(_ type: PostgresType) -> Bool {
        switch type {
        case .text, .varchar, .bpchar, .name, .json, .unknown, .char: true
        default: false
        }
    }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self = bytes.text()
    }

    package static func encodeArray(_ elements: [String], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .text, bytesPerElement: 24) { $1.write(text: $0) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool {
        type == .textArray || type == PostgresType(oid: 1015) || type == PostgresType(oid: 1003)
    }
}
