/// Writes numbers with their highest byte first, and texts after their length.
struct EntryWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func write(_ number: some FixedWidthInteger & BitwiseCopyable) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    mutating func write(_ hash: Bytes32) { hash.withBytes { bytes.append(contentsOf: $0) } }

    /// - Parameter text: at most 255 bytes.
    mutating func write(text: String) {
        let utf8 = text.utf8.prefix(255)
        bytes.append(UInt8(utf8.count))
        bytes.append(contentsOf: utf8)
    }
}
