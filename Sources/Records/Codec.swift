/// How one value is read from JSON, written to it, and described to others.
///
/// `read` is strict and names what is wrong; whatever `write` produced, `read` accepts.
@usableFromInline
package struct Codec<Value: Sendable>: Sendable {
    @usableFromInline package let schema: Schema
    @usableFromInline package let read: @Sendable (inout JSONReader) throws(Problems) -> Value
    @usableFromInline package let write: @Sendable (Value, inout JSONWriter) -> Void
    /// What a missing member reads as; nil when it must be there. Not the value itself: the size of a codec would be its.
    let missing: (@Sendable () -> Value)?
    /// True for a value that is left out when written.
    let isAbsent: @Sendable (Value) -> Bool

    @usableFromInline
    package init(
        schema: Schema,
        read: @escaping @Sendable (inout JSONReader) throws(Problems) -> Value,
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        self.init(schema: schema, missing: nil, isAbsent: { _ in false }, read: read, write: write)
    }

    @usableFromInline
    init(
        schema: Schema,
        missing: (@Sendable () -> Value)?,
        isAbsent: @escaping @Sendable (Value) -> Bool,
        read: @escaping @Sendable (inout JSONReader) throws(Problems) -> Value,
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        self.schema = schema
        self.missing = missing
        self.isAbsent = isAbsent
        self.read = read
        self.write = write
    }

    /// Reads a whole document.
    @inlinable
    package func decode(_ bytes: [UInt8]) throws(Problems) -> Value {
        var reader = JSONReader(bytes)
        let value = try read(&reader)
        try reader.end()
        return value
    }

    package func encode(_ value: Value) -> [UInt8] {
        var writer = JSONWriter()
        write(value, &writer)
        return writer.bytes
    }

    /// The same encoding for another type; `convert` returns nil for values that have no counterpart.
    @inlinable
    package func map<Other: Sendable>(
        _ convert: @escaping @Sendable (Value) -> Other?,
        back: @escaping @Sendable (Other) -> Value,
        schema: Schema? = nil,
        orElse problem: @escaping @Sendable (Value) -> Problems
    ) -> Codec<Other> {
        let base = self
        return Codec<Other>(
            schema: schema ?? self.schema,
            read: { (reader) throws(Problems) in
                let value = try base.read(&reader)
                guard let converted = convert(value) else { throw problem(value) }
                return converted
            },
            write: { value, writer in base.write(back(value), &writer) }
        )
    }

    /// A member that may be missing or null.
    @inlinable
    package var optional: Codec<Value?> {
        let base = self
        return Codec<Value?>(
            schema: schema,
            missing: { nil },
            isAbsent: { $0 == nil },
            read: { (reader) throws(Problems) in
                if reader.peek() == .null {
                    try reader.null()
                    return nil
                }
                return try base.read(&reader)
            },
            write: { value, writer in
                if let value { base.write(value, &writer) } else { writer.null() }
            }
        )
    }

    /// A member that reads as `value` when it is missing.
    package func orMissing(_ value: Value) -> Codec<Value> {
        Codec(schema: schema, missing: { value }, isAbsent: isAbsent, read: read, write: write)
    }
}
