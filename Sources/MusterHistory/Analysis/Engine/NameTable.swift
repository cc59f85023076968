/// Names as small numbers, from 0 in the order in which they first came. Their bytes are kept once, and looking one up
/// makes no `String`.
package struct NameTable: Sendable {
    /// The names' bytes, one behind the other.
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Numbers of names by their hash, -1 where there is none; twice as many as names at least.
    private var slots: [Int32] = Array(repeating: -1, count: 64)
    /// Names come from files of anybody: with hashes that nobody foresees none is slow.
    private let seed = UInt64.random(in: .min ... .max)

    package init() {}

    package var count: Int { ends.count }

    /// The number of a name, a new one when it is new.
    package mutating func index(of name: Span<UInt8>) -> Int32 {
        let hash = Self.hash(name, seed)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let found = Int(slots[slot])
            if hashes[found] == hash, holds(name, at: found) { return Int32(truncatingIfNeeded: found) }
            slot = (slot + 1) & (slots.count - 1)
        }
        let new = Int32(ends.count)
        slots[slot] = new
        name.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(bytes.count)
        hashes.append(hash)
        if ends.count * 2 > slots.count { grow() }
        return new
    }

    package mutating func index(of name: String) -> Int32 { index(of: name.utf8.span) }

    /// The number of a name that is there; nil for others.
    package func known(_ name: String) -> Int32? {
        let name = name.utf8.span
        let hash = Self.hash(name, seed)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let found = Int(slots[slot])
            if hashes[found] == hash, holds(name, at: found) { return Int32(truncatingIfNeeded: found) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    package subscript(index: Int32) -> String {
        String(decoding: bytes[range(Int(index))], as: UTF8.self)
    }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

    private func holds(_ name: Span<UInt8>, at index: Int) -> Bool {
        let range = range(index)
        guard range.count == name.count else { return false }
        let own = bytes.span.extracting(range)
        var offset = 0
        while offset + 8 <= own.count {
            guard Self.word(own, offset) == Self.word(name, offset) else { return false }
            offset += 8
        }
        while offset < own.count {
            guard own[offset] == name[offset] else { return false }
            offset += 1
        }
        return true
    }

    private mutating func grow() {
        var grown = [Int32](repeating: -1, count: slots.count * 2)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (grown.count - 1)
            while grown[slot] >= 0 { slot = (slot + 1) & (grown.count - 1) }
            grown[slot] = Int32(index)
        }
        slots = grown
    }

    /// Multiplies and folds eight bytes at a time.
    static func hash(_ text: Span<UInt8>, _ seed: UInt64) -> UInt64 {
        var hash = seed ^ (UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15)
        var index = 0
        while index + 8 <= text.count {
            hash = mix(hash ^ word(text, index))
            index += 8
        }
        var rest: UInt64 = 0
        while index < text.count {
            rest = rest << 8 | UInt64(text[index])
            index += 1
        }
        return mix(hash ^ rest)
    }

    private static func word(_ text: Span<UInt8>, _ index: Int) -> UInt64 {
        text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    }

    /// Spreads every bit over all others.
    static func mix(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        return product.high ^ product.low
    }
}
