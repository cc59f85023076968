extension RawSpan {
    /// Reads an integer in network byte order, or fails when it would reach past the end.
    func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int,
        as type: Value.Type = Value.self
    ) throws(DecodingFailure) -> Value {
        guard offset >= 0, byteCount - offset >= MemoryLayout<Value>.size else { throw .malformed }
        // Every bit pattern is an integer, and the bounds were just checked.
        return unsafe Value(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// Reads an integer that is the whole value.
    func wholeInteger<Value: FixedWidthInteger & BitwiseCopyable>(
        as type: Value.Type = Value.self
    ) throws(DecodingFailure) -> Value {
        guard byteCount == MemoryLayout<Value>.size else { throw .malformed }
        return try integer(at: 0)
    }

    /// Copies the bytes out.
    func copied() -> [UInt8] {
        unsafe withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// Copies the bytes out as text; the session's encoding is UTF-8.
    func text() -> String {
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Reads an array of one dimension (or none, when it is empty), element by element.
    ///
    /// - Parameter readElement: gets nil for null.
    func readArray<Element>(
        accepting isAccepted: (PostgresType) -> Bool,
        _ readElement: (borrowing RawSpan?, PostgresType) throws(DecodingFailure) -> Element
    ) throws(DecodingFailure) -> [Element] {
        let dimensions = try integer(at: 0, as: Int32.self)
        let type = PostgresType(oid: try integer(at: 8))
        guard isAccepted(type) else { throw .typeMismatch(type) }
        if dimensions == 0 { return [] }
        guard dimensions == 1 else { throw .malformed }
        let count = Int(try integer(at: 12, as: Int32.self))
        // Each element takes at least its length: a count beyond that is a lie that must not reserve memory.
        guard count >= 0, count <= (byteCount - 20) / 4 else { throw .malformed }
        var elements: [Element] = []
        elements.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            let length = Int(try integer(at: offset, as: Int32.self))
            offset += 4
            if length == -1 {
                elements.append(try readElement(nil, type))
            } else {
                guard length >= 0, length <= byteCount - offset else { throw .malformed }
                elements.append(try readElement(extracting(offset..<offset + length), type))
                offset += length
            }
        }
        return elements
    }
}
