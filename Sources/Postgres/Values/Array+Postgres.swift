extension Array: PostgresEncodable where Element: PostgresArrayElement {
    package static var postgresType: PostgresType { Element.postgresArrayType }

    package func encode(into writer: inout BinaryWriter) {
        Element.encodeArray(self, into: &writer)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    package static var postgresName: String { "\(Element.postgresArrayType)" }

    package static func accepts(_ type: PostgresType) -> Bool { Element.acceptsArray(type) }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self = try Element.decodeArray(bytes, of: type)
    }
}

extension PostgresArrayElement where Self: PostgresDecodable {
    package static func decodeArray(_ bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) -> [Self] {
        var elements: [Self] = []
        var cursor = try ArrayCursor(bytes)
        guard accepts(cursor.elementType) else { throw .typeMismatch(cursor.elementType) }
        elements.reserveCapacity(cursor.count)
        while let range = try cursor.next(in: bytes) {
            guard let range = range.bytes else {
                guard let null = valueForNull else { throw .null }
                elements.append(null)
                continue
            }
            elements.append(try Self(bytes: bytes.extracting(range), of: cursor.elementType))
        }
        return elements
    }
}

/// `[UInt8]` is a byte string, which is the whole reason arrays are encoded by their elements.
extension UInt8: PostgresArrayElement {
    package static var postgresArrayType: PostgresType { .bytea }

    package static func encodeArray(_ elements: [UInt8], into writer: inout BinaryWriter) {
        writer.write(bytes: elements)
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .bytea }

    package static func decodeArray(_ bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) -> [UInt8] {
        bytes.copied()
    }
}

/// Arrays of byte strings.
extension Array: PostgresArrayElement where Element == UInt8 {
    package static var postgresArrayType: PostgresType { .byteaArray }

    package static func encodeArray(_ elements: [[UInt8]], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: .bytea, bytesPerElement: 256) { $1.write(bytes: $0) }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { type == .byteaArray }
}
