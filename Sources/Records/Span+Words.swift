/// Steps through bytes eight at a time: most of the time that reading takes goes into texts and names.
extension Span<UInt8> {
    /// Whether `text` stands at an index.
    func holds(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start >= 0, count - start >= text.count else { return false }
        var offset = 0
        while offset + 8 <= text.count {
            guard word(at: start + offset) == text.word(at: offset) else { return false }
            offset += 8
        }
        while offset < text.count {
            guard self[start + offset] == text[offset] else { return false }
            offset += 1
        }
        return true
    }

    /// The first byte that does not simply stand for itself in the text of a JSON string: a quotation mark, a backslash
    /// or a control character.
    package func firstSpecial(from start: Int) -> Int? {
        var index = start
        while index + 8 <= count {
            let special = Self.specialBytes(word(at: index))
            if special != 0 { return index + special.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            switch self[index] {
            case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"): return index
            default: index += 1
            }
        }
        return nil
    }

    /// Eight bytes, the first in the lowest place.
    private func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The highest bit of the first special byte is the lowest bit that is set; zero when there is none. A subtraction
    /// that borrows marks the byte it was for, and can mark only later ones wrongly.
    private static func specialBytes(_ word: UInt64) -> UInt64 {
        let lowest: UInt64 = 0x0101_0101_0101_0101
        let highest: UInt64 = 0x8080_8080_8080_8080
        let quotes = word ^ (lowest * UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (lowest * UInt64(UInt8(ascii: "\\")))
        let areControls = (word &- (lowest * 0x20)) & ~word
        let areQuotes = (quotes &- lowest) & ~quotes
        let areBackslashes = (backslashes &- lowest) & ~backslashes
        return (areControls | areQuotes | areBackslashes) & highest
    }
}
