/// A value that can be read from a column.
package protocol PostgresDecodable: Sendable {
    /// What the reader expects, for errors.
    static var postgresName: String { get }

    /// Whether a column of the type can be read.
    static func accepts(_ type: PostgresType) -> Bool

    /// Reads the type's binary format. The bytes belong to the result: keep none of them.
    init(bytes: RawSpan, of type: PostgresType) throws(DecodingFailure)

    /// What SQL's null reads as; nil where null is an error.
    static var valueForNull: Self? { get }
}

extension PostgresDecodable {
    package static var valueForNull: Self? { nil }
}

/// Why a value could not be read; the row adds which column of which statement it was.
package enum DecodingFailure: Error, Sendable, Hashable {
    case null
    case typeMismatch(PostgresType)
    case malformed
}
