/// Walks the elements of an array in binary format, checking every length against the bytes that are there.
struct ArrayCursor {
    struct Element {
        /// Nil for null.
        var bytes: Range<Int>?
    }

    let elementType: PostgresType
    let count: Int
    private var position = 20
    private var taken = 0

    /// Reads the header: dimensions, null flag, element type, then length and lower bound of the dimension.
    init(_ bytes: RawSpan) throws(DecodingFailure) {
        let dimensions = try bytes.integer(at: 0, as: Int32.self)
        self.elementType = PostgresType(oid: try bytes.integer(at: 8))
        switch dimensions {
        case 0:
            self.count = 0
        case 1:
            self.count = Int(try bytes.integer(at: 12, as: Int32.self))
            // Each element takes at least its length: a count beyond that is a lie that must not reserve memory.
            guard count >= 0, count <= (bytes.byteCount - 20) / 4 else { throw .malformed }
        default:
            throw .malformed
        }
    }

    /// The place of the next element, or nil behind the last.
    mutating func next(in bytes: RawSpan) throws(DecodingFailure) -> Element? {
        guard taken < count else { return nil }
        taken += 1
        let length = Int(try bytes.integer(at: position, as: Int32.self))
        position += 4
        if length == -1 { return Element(bytes: nil) }
        guard length >= 0, length <= bytes.byteCount - position else { throw .malformed }
        defer { position += length }
        return Element(bytes: position..<position + length)
    }
}
