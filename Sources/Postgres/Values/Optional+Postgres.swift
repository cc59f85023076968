extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package static var postgresType: PostgresType { Wrapped.postgresType }

    package var isNull: Bool {
        switch self {
        case .none: true
        case .some(let value): value.isNull
        }
    }

    package func encode(into writer: inout BinaryWriter) {
        self?.encode(into: &writer)
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package static var postgresName: String { "\(Wrapped.postgresName) or null" }

    package static func accepts(_ type: PostgresType) -> Bool { Wrapped.accepts(type) }

    package init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) {
        self = .some(try Wrapped(bytes: bytes, of: type))
    }

    package static var valueForNull: Self? { .some(.none) }
}

extension Optional: PostgresArrayElement
where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {
    package static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }

    package static func encodeArray(_ elements: [Self], into writer: inout BinaryWriter) {
        writer.writeArray(elements, of: Wrapped.postgresType, bytesPerElement: 16, isNull: { $0.isNull }) {
            $0.encode(into: &$1)
        }
    }

    package static func acceptsArray(_ type: PostgresType) -> Bool { Wrapped.acceptsArray(type) }
}
