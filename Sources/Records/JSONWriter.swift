/// Writes compact JSON text. The caller opens and closes in order; commas come by themselves.
@usableFromInline
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    @usableFromInline
    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    @usableFromInline
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of the next member.
    package mutating func name(_ name: String) {
        comma()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// The name of the next member, quoted once for many documents.
    mutating func name(_ name: QuotedName) {
        comma()
        bytes += name.bytes
        needsComma = false
    }

    @usableFromInline
    package mutating func string(_ value: String) {
        comma()
        quote(value)
        needsComma = true
    }

    package mutating func string(_ value: Substring) { string(String(value)) }

    package mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

    /// Not-a-number and infinities, which JSON cannot say, are written as null.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if let whole = Int64(exactly: value), whole.magnitude < 1_000_000_000_000_000 {
            raw(String(whole))
        } else {
            raw("\(value)")
        }
    }

    package mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }
    @usableFromInline
    package mutating func null() { raw("null") }

    /// A value that is JSON text already.
    package mutating func json(_ text: some Sequence<UInt8>) {
        comma()
        bytes.append(contentsOf: text)
        needsComma = true
    }

    private mutating func raw(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        comma()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.span.firstSpecial(from: 0) == nil {
            bytes.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { escape(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
        case 0x0D: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
        case 0x09: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: "\\u\(byte < 16 ? "000" : "00")\(digits)".utf8)
        default: bytes.append(byte)
        }
    }
}

/// What stands before a member's value in compact text: `"name":`.
struct QuotedName: Sendable {
    let bytes: [UInt8]

    init(_ name: String) {
        var writer = JSONWriter(capacity: name.utf8.count + 3)
        writer.name(name)
        bytes = writer.bytes
    }
}
