import EventSourcing
import Records

/// Writes the JSON of one row from bytes to bytes. Texts come from the file as UTF-8 that was checked before.
///
/// `JSONWriter` takes strings; making one of every field of every row would cost more than all the rest of the import.
struct RowJSON {
    private(set) var bytes: [UInt8] = []

    /// Appends JSON text that was prepared before.
    mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func raw(_ byte: UInt8) { bytes.append(byte) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Hands over what was written. The next row is written where there is room for one that is somewhat longer.
    mutating func finish() -> [UInt8] {
        let written = bytes
        bytes = []
        bytes.reserveCapacity(written.count + written.count / 8)
        return written
    }

    mutating func integer(_ value: some FixedWidthInteger) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var low = bytes.count
        var rest = UInt64(value.magnitude)
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        var high = bytes.count - 1
        while low < high {
            bytes.swapAt(low, high)
            (low, high) = (low + 1, high - 1)
        }
    }

    /// Appends the content of a JSON string, without its quotes. False when it holds a control character, which no text
    /// of a row may, besides tabs and line breaks.
    mutating func text(_ content: Span<UInt8>) -> Bool {
        var start = 0
        while let index = content.firstSpecial(from: start) {
            plain(content.extracting(start..<index))
            start = index + 1
            switch content[index] {
            case UInt8(ascii: "\""): escape("\"")
            case UInt8(ascii: "\\"): escape("\\")
            case 0x0A: escape("n")
            case 0x0D: escape("r")
            case 0x09: escape("t")
            default: return false
            }
        }
        plain(content.extracting(start..<content.count))
        return true
    }

    /// Appends a quoted RFC 3339 time in UTC.
    mutating func time(_ timestamp: Timestamp) {
        bytes.append(UInt8(ascii: "\""))
        timestamp.appendRFC3339(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func plain(_ content: Span<UInt8>) {
        content.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    private mutating func escape(_ letter: Unicode.Scalar) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }
}
