/// A value that can be a parameter of a statement.
package protocol PostgresEncodable: Sendable {
    /// The type under which the parameter is declared.
    static var postgresType: PostgresType { get }

    /// Whether the value is SQL's null; then it is not encoded.
    var isNull: Bool { get }

    /// Appends the value in the type's binary format, without its length.
    func encode(into writer: inout BinaryWriter)
}

extension PostgresEncodable {
    package var isNull: Bool { false }
}

/// A value of which arrays can be parameters and columns.
///
/// Arrays are written by the element's type in one go, so that a column of thousands of values costs no existential,
/// closure or allocation per element; and `[UInt8]` is a byte string (`bytea`), not an array.
package protocol PostgresArrayElement: Sendable {
    /// The type of an array of this type.
    static var postgresArrayType: PostgresType { get }

    /// Appends the array in binary format, without its length.
    static func encodeArray(_ elements: [Self], into writer: inout BinaryWriter)

    /// Whether an array of this type can be read from the type.
    static func acceptsArray(_ type: PostgresType) -> Bool

    /// Reads an array in binary format.
    static func decodeArray(_ bytes: RawSpan, of type: PostgresType) throws(DecodingFailure) -> [Self]
}
