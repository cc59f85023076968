extension Int64: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .int8 }
    package static var postgresName: String { "int8" }
    package static var postgresArrayType: PostgresType { .int8Array }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(self)
    }

    /// Narrower integers widen.
    package static func accepts(_ type: PostgresType) -> Bool {
        type == .int8 || type == .int4 || type == .int2
    }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        switch type {
        case .int4: self = Int64(try bytes.wholeInteger(as: Int32.self))
        case .int2: self = Int64(try bytes.wholeInteger(as: Int16.self))
        default: self = try bytes.wholeInteger()
        }
    }

    package static func encodeArray(_ elements: [Int64], into writer: inout BinaryWriter) {
        writer.writeIntegerArray(elements, of: .int8)
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .int8Array }
}

extension Int32: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .int4 }
    package static var postgresName: String { "int4" }
    package static var postgresArrayType: PostgresType { .int4Array }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(self)
    }

    /// Narrower integers widen.
    package static func accepts(_ type: PostgresType) -> Bool {
        type == .int4 || type == .int2
    }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self = type == .int2 ? Int32(try bytes.wholeInteger(as: Int16.self)) : try bytes.wholeInteger()
    }

    package static func encodeArray(_ elements: [Int32], into writer: inout BinaryWriter) {
        writer.writeIntegerArray(elements, of: .int4)
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .int4Array }
}

extension Int16: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    package static var postgresType: PostgresType { .int2 }
    package static var postgresName: String { "int2" }
    package static var postgresArrayType: PostgresType { .int2Array }

    package func encode(into writer: inout BinaryWriter) {
        writer.write(self)
    }

    package static func accepts(_ type: PostgresType) -> Bool { type == .int2 }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self = try bytes.wholeInteger()
    }

    package static func encodeArray(_ elements: [Int16], into writer: inout BinaryWriter) {
        writer.writeIntegerArray(elements, of: .int2)
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .int2Array }
}
