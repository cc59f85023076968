/// A 128-bit identifier in the form of RFC 9562 (UUID).
package struct UniqueID: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A version 7 identifier: ordered by its time, so that indexes over it grow at their right edge.
    package init(version7At time: Timestamp, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(bitPattern: time.microseconds / 1_000) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | random.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    /// A version 8 identifier made of 128 bits that were derived from something, as from a hash.
    package init(version8From bits: (UInt64, UInt64)) {
        high = bits.0 & ~0xF000 | 0x8000
        low = 0x8000_0000_0000_0000 | bits.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    /// Reads the canonical text of 36 characters, in either case; nil for anything else.
    package init?(_ text: some StringProtocol) {
        self.init(utf8: String(text).utf8.span)
    }

    /// The same from the text's bytes.
    package init?(utf8 bytes: Span<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var digits: (UInt64, UInt64) = (0, 0)
        var count = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard let digit = Self.hexDigit(byte) else { return nil }
                if count < 16 { digits.0 = digits.0 << 4 | digit } else { digits.1 = digits.1 << 4 | digit }
                count += 1
            }
        }
        self.init(high: digits.0, low: digits.1)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension UniqueID: Comparable {
    package static func < (lhs: UniqueID, rhs: UniqueID) -> Bool {
        lhs.high == rhs.high ? lhs.low < rhs.low : lhs.high < rhs.high
    }
}

extension UniqueID: CustomStringConvertible {
    /// The canonical lower-case text.
    package var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var next = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    buffer[next] = UInt8(ascii: "-")
                    next += 1
                }
                let half = nibble < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - (nibble & 15) * 4)) & 15
                buffer[next] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                next += 1
            }
            return next
        }
    }
}
