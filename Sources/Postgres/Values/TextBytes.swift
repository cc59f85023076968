/// UTF-8 bytes sent as `text` without becoming a `String` first.
package struct TextBytes: PostgresArrayElement {
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static var postgresArrayType: PostgresType { .textArray }

    package static func encodeArray(_ elements: [TextBytes], into writer: inout BinaryWriter) {
        let mean = elements.reduce(0) { $0 + $1.bytes.count } / max(elements.count, 1) + 1
        writer.writeArray(elements, of: .text, bytesPerElement: mean) { $1.write(bytes: $0.bytes) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { false }

    package static func decodeArray(_ bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) -> [TextBytes] {
        throw .typeMismatch(type)
    }
}
