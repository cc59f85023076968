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
}
