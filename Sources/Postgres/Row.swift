/// One row of a result.
package struct Row: Sendable {
    let result: ResultBox
    let statement: Statement?
    let index: Int

    /// Decodes the leading columns in order.
    ///
    ///     let (position, note) = try row.decode(Int64.self, String?.self)
    ///
    /// - Throws: a decoding error that names the statement, the column, what was expected and what was there.
    package func decode<each Value: PostgresDecodable>(
        _ type: repeat (each Value).Type
    ) throws(PostgresError) -> (repeat each Value) {
        var column = 0
        func next<Next: PostgresDecodable>(_ type: Next.Type) throws(PostgresError) -> Next {
            defer { column += 1 }
            return try value(column, as: type)
        }
        return (repeat try next(each type))
    }

    /// Decodes one column, counted from 0.
    package func value<Value: PostgresDecodable>(
        _ column: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        try decoded(column, type)
    }

    private func decoded<Value: PostgresDecodable>(
        _ column: Int,
        _ type: Value.Type
    ) throws(PostgresError) -> Value {
        let columnType = result.handle.type(ofColumn: column)
        do throws(DecodingFailure) {
            return unsafe try result.handle.withBytes(row: index, column: column) {
                (bytes) throws(DecodingFailure) -> Value in
                guard Value.accepts(columnType) else { throw .typeMismatch(columnType) }
                guard let bytes = unsafe bytes else {
                    guard let null = Value.valueForNull else { throw .null }
                    return null
                }
                return unsafe try Value(bytes: bytes.bytes, of: columnType)
            }
        } catch {
            throw decodingError(error, column: column, expected: Value.postgresName)
        }
    }

    /// Decodes one column, counted from 0.
    package subscript<Value: PostgresDecodable>(_ column: Int, as type: Value.Type) -> Value {
        get throws(PostgresError) { try value(column, as: type) }
    }

    /// Whether a column, counted from 0, holds SQL's null.
    package func isNull(_ column: Int) -> Bool {
        unsafe withBytes(column) { unsafe $0 == nil }
    }

    /// Lends the bytes of a column as the server sent them; nil for null.
    ///
    /// The bytes die with the result: keep none of them past the closure.
    package func withBytes<T, Failure: Error>(
        _ column: Int,
        _ body: (UnsafeRawBufferPointer?) throws(Failure) -> T
    ) throws(Failure) -> T {
        unsafe try result.handle.withBytes(row: index, column: column, body)
    }

    private func decodingError(_ failure: DecodingFailure, column: Int, expected: String) -> PostgresError {
        let found: String
        switch failure {
        case .null: found = column < result.handle.columnCount ? "null" : "no such column"
        case .typeMismatch(let type): found = column < result.handle.columnCount ? type.description : "no such column"
        case .malformed: found = "bytes that are no such value"
        }
        let name = result.handle.name(ofColumn: column) ?? "?"
        return PostgresError(
            .decoding,
            statement: statement?.name ?? "script",
            reason: "row \(index), column \(column) (\(name)): expected \(expected), found \(found)",
            outcome: .notApplied
        )
    }
}

/// What is read by the million: the same as `value(_:as:)`, compiled for its type, which the compiler cannot do for callers
/// in other modules.
extension Row {
    package func value(_ column: Int, as type: Int16.Type) throws(PostgresError) -> Int16 { try decoded(column, type) }

    package func value(_ column: Int, as type: Int64.Type) throws(PostgresError) -> Int64 { try decoded(column, type) }

    package func value(_ column: Int, as type: String.Type) throws(PostgresError) -> String {
        try decoded(column, type)
    }

    package func value(_ column: Int, as type: UUIDBytes.Type) throws(PostgresError) -> UUIDBytes {
        try decoded(column, type)
    }

    package func value(_ column: Int, as type: PostgresTimestamp.Type) throws(PostgresError) -> PostgresTimestamp {
        try decoded(column, type)
    }

    /// The bytes of a column as the server sent them; none for null.
    package func bytes(_ column: Int) -> [UInt8] {
        unsafe withBytes(column) { unsafe $0.map { unsafe [UInt8]($0) } ?? [] }
    }
}
