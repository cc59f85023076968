import Postgres

/// UTF-8 bytes sent as `text` without becoming a `String` first.
struct TextBytes: PostgresArrayElement {
    let bytes: [UInt8]

    static var postgresArrayType: PostgresType { .textArray }

    static func encodeArray(_ elements: [TextBytes], into writer: inout BinaryWriter) {
        // Dimensions, no nulls, element type, length and lower bound.
        writer.write(Int32(elements.isEmpty ? 0 : 1))
        writer.write(Int32(0))
        writer.write(PostgresType.text.oid)
        guard !elements.isEmpty else { return }
        writer.reserve(elements.reduce(8) { $0 + 4 + $1.bytes.count })
        writer.write(Int32(elements.count))
        writer.write(Int32(1))
        for element in elements { writer.write(withLength: element.bytes) }
    }

    static func acceptsArray(_ type: PostgresType) -> Bool { false }

    static func decodeArray(_ bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) -> [TextBytes] {
        throw .typeMismatch(type)
    }
}
