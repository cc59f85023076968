extension Double: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .float8 }
    package static var postgresName: String { "float8" }
    package static var postgresArrayType: PostgresType { .float8Array }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(bitPattern)
    }

    package static func accepts(_ type: PostgresType) -> Bool {
        type == .float8 || type == .float4
    }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        if type == .float4 {
            self = Double(Float(bitPattern: try bytes.wholeInteger()))
        } else {
            self = Double(bitPattern: try bytes.wholeInteger())
        }
    }

    package static func encodeArray(_ elements: [Double], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .float8, bytesPerElement: 8) { $1.write($0.bitPattern) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .float8Array }
}
