import EventSourcing
import Records

/// Writes the JSON of one row from bytes to bytes. Texts come from the file as UTF-8 that was checked before.
///
/// `JSONWriter` takes strings; making one of every field of every row would cost more than all the rest of the import.
struct RowJSON {
    private(set) var bytes: [UInt8] = []
    private var lastDay: (number: Int64, text: [UInt8])?

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

    mutating func integer(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

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
        var day = timestamp.microseconds / 86_400_000_000
        var rest = timestamp.microseconds % 86_400_000_000
        if rest < 0 {
            rest += 86_400_000_000
            day -= 1
        }
        if lastDay?.number != day { lastDay = (day, Self.dayText(Int(day))) }
        if let lastDay { raw(lastDay.text) }
        let second = Int(rest / 1_000_000)
        twoDigits(second / 3_600)
        raw(UInt8(ascii: ":"))
        twoDigits(second / 60 % 60)
        raw(UInt8(ascii: ":"))
        twoDigits(second % 60)
        var fraction = Int(rest % 1_000_000)
        if fraction != 0 {
            raw(UInt8(ascii: "."))
            for divisor in [10_000, 100, 1] {
                twoDigits(fraction / divisor)
                fraction %= divisor
            }
        }
        raw(UInt8(ascii: "Z"))
        raw(UInt8(ascii: "\""))
    }

    /// A quote, the date and the letter that follows it: the same for most times of neighbouring rows.
    private static func dayText(_ day: Int) -> [UInt8] {
        let text = Timestamp(microseconds: Int64(day) * 86_400_000_000).rfc3339
        return [UInt8(ascii: "\"")] + text.utf8.prefix { $0 != UInt8(ascii: "T") } + [UInt8(ascii: "T")]
    }

    private mutating func plain(_ content: Span<UInt8>) {
        content.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }

    private mutating func escape(_ letter: Unicode.Scalar) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }

    private mutating func twoDigits(_ value: Int) {
        bytes.append(UInt8(ascii: "0") + UInt8(value / 10 % 10))
        bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
