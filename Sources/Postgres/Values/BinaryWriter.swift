/// Builds values in PostgreSQL's binary format: big-endian, lengths before bytes.
package struct BinaryWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Appends an integer in network byte order.
    package mutating func write<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        unsafe withUnsafeBytes(of: value.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    /// Appends bytes as they are.
    package mutating func write(bytes: some Sequence<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }

    /// Appends the UTF-8 of the text.
    package mutating func write(text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends whatever `body` writes, its length in four bytes before it.
    mutating func writeWithLength(_ body: (inout BinaryWriter) -> Void) {
        let start = bytes.count
        write(Int32(0))
        body(&self)
        patch(Int32(clamping: bytes.count - start - 4), at: start)
    }

    /// Appends an array of one dimension.
    ///
    /// - Parameter bytesPerElement: how much to reserve; a guess is enough.
    @inline(__always)
    mutating func writeArray<Element>(
        _ elements: [Element],
        of type: PostgresType,
        bytesPerElement: Int,
        isNull: (Element) -> Bool = { _ in false },
        _ writeElement: (Element, inout BinaryWriter) -> Void
    ) {
        bytes.reserveCapacity(bytes.count + 20 + elements.count * (4 + bytesPerElement))
        writeArrayHeader(count: elements.count, hasNulls: elements.contains(where: isNull), of: type)
        for element in elements {
            if isNull(element) {
                write(Int32(-1))
            } else {
                writeWithLength { writeElement(element, &$0) }
            }
        }
    }

    /// Appends an array of integers of one width in a single pass.
    @inline(__always)
    mutating func writeIntegerArray<Element: FixedWidthInteger & BitwiseCopyable>(
        _ elements: [Element],
        of type: PostgresType
    ) {
        let stride = 4 + MemoryLayout<Element>.size
        writeArrayHeader(count: elements.count, hasNulls: false, of: type)
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: elements.count * stride))
        unsafe bytes.withUnsafeMutableBytes { buffer in
            var offset = start
            for element in elements {
                unsafe buffer.storeBytes(of: Int32(stride - 4).bigEndian, toByteOffset: offset, as: Int32.self)
                unsafe buffer.storeBytes(of: element.bigEndian, toByteOffset: offset + 4, as: Element.self)
                offset += stride
            }
        }
    }

    /// Layout: dimensions, null flag, element type, then length and lower bound of the dimension.
    private mutating func writeArrayHeader(count: Int, hasNulls: Bool, of type: PostgresType) {
        write(Int32(count == 0 ? 0 : 1))
        write(Int32(hasNulls ? 1 : 0))
        write(type.oid)
        guard count > 0 else { return }
        write(Int32(clamping: count))
        write(Int32(1))
    }

    private mutating func patch(_ value: Int32, at offset: Int) {
        unsafe bytes.withUnsafeMutableBytes {
            unsafe $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self)
        }
    }
}
