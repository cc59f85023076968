import EventSourcing

/// Writes the JSON of one row from bytes to bytes. Texts come from the file as UTF-8 that was checked before.
///
/// `JSONWriter` takes strings; making one of every field of every row would cost more than all the rest of the import.
struct RowJSON {
    private(set) var bytes: [UInt8] = []

    /// Appends JSON text that was prepared before.
    mutating func raw(_ text: [UInt8]) { bytes.append(contentsOf: text) }

    mutating func raw(_ byte: UInt8) { bytes.append(byte) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func integer(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

    /// Appends the content of a JSON string, without its quotes. False when it holds a control character, which no text
    /// of a row may, besides tabs and line breaks.
    mutating func text(_ content: Span<UInt8>) -> Bool {
        for index in content.indices {
            let byte = content[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: escape("n")
            case 0x0D: escape("r")
            case 0x09: escape("t")
            case 0..<0x20: return false
            default: bytes.append(byte)
            }
        }
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
        let date = CalendarDate(daysSince1970: Int(day))
        let second = Int(rest / 1_000_000)
        raw(UInt8(ascii: "\""))
        digits(date.year, 4)
        raw(UInt8(ascii: "-"))
        digits(date.month, 2)
        raw(UInt8(ascii: "-"))
        digits(date.day, 2)
        raw(UInt8(ascii: "T"))
        digits(second / 3_600, 2)
        raw(UInt8(ascii: ":"))
        digits(second / 60 % 60, 2)
        raw(UInt8(ascii: ":"))
        digits(second % 60, 2)
        if rest % 1_000_000 != 0 {
            raw(UInt8(ascii: "."))
            digits(Int(rest % 1_000_000), 6)
        }
        raw(UInt8(ascii: "Z"))
        raw(UInt8(ascii: "\""))
    }

    private mutating func escape(_ letter: Unicode.Scalar) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: letter))
    }

    private mutating func digits(_ value: Int, _ width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
