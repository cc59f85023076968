extension Bool: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .bool }
    package static var postgresName: String { "bool" }
    package static var postgresArrayType: PostgresType { .boolArray }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(UInt8(self ? 1 : 0))
    }

    package static func accepts(_ type: PostgresType) -> Bool { type == .bool }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self = try bytes.wholeInteger(as: UInt8.self) != 0
    }

    package static func encodeArray(_ elements: [Bool], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .bool, bytesPerElement: 1) { $1.write(UInt8($0 ? 1 : 0)) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .boolArray }
}
