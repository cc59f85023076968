/// The sixteen bytes of a UUID, as two numbers in network byte order.
package struct UUIDBytes: Sendable, Hashable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

extension UUIDBytes: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .uuid }
    package static var postgresName: String { "uuid" }
    package static var postgresArrayType: PostgresType { .uuidArray }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(high)
        writer.write(low)
    }

    package static func accepts(_ type: PostgresType) -> Bool { type == .uuid }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        guard bytes.byteCount == 16 else { throw .malformed }
        self.init(high: try bytes.integer(at: 0), low: try bytes.integer(at: 8))
    }

    package static func encodeArray(_ elements: [UUIDBytes], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .uuid, bytesPerElement: 16) { $0.encode(into: &$1) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .uuidArray }
}
