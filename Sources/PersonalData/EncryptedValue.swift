import FoundationEssentials
import Glibc

/// A personal value as it stands in the stored data of an event, in the place of the clear one:
///
/// ```json
/// "text":{"enc1":"resident-1:1:Gq3…"}
/// ```
///
/// with the person, the number of their key, and the Base64 text of nonce, ciphertext and tag. An object, since no personal
/// field's own value is one: nothing in clear can be mistaken for it, not even a text that quotes it (its quotation marks
/// are escaped), and a reader without keys finds no text there instead of showing this one.
struct EncryptedValue {
    /// Of the whole object.
    let range: Range<Int>
    /// Of the name of its member.
    let field: Range<Int>
    let key: PersonKeyID
    /// Of the Base64 text.
    let text: Range<Int>
}

extension EncryptedValue {
    private static let opening = Array(#"{"enc1":""#.utf8)

    /// The values that stand in JSON text; what only begins like one is passed over.
    static func all(in bytes: [UInt8]) -> [EncryptedValue] {
        var values: [EncryptedValue] = []
        var start = 0
        while let opening = next(in: bytes, from: start) {
            start = opening + 1
            guard let value = EncryptedValue(in: bytes, at: opening) else { continue }
            values.append(value)
            start = value.range.upperBound
        }
        return values
    }

    /// Whether text may hold such a value at all; nearly as fast as it can be read.
    static func mayStand(in bytes: [UInt8]) -> Bool { next(in: bytes, from: 0) != nil }

    /// Where the next object begins that begins like one. Objects are rare in events: `memchr` steps over all else.
    private static func next(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var start = start
            while let found = memchr(base + start, Int32(UInt8(ascii: "{")), bytes.count - start) {
                let index = UnsafeRawPointer(found) - base
                if bytes[index...].starts(with: opening) { return index }
                start = index + 1
            }
            return nil
        }
    }

    /// - Parameter opening: where the object begins.
    private init?(in bytes: [UInt8], at opening: Int) {
        let nameEnd = opening - 2
        guard nameEnd > 0, bytes[opening - 1] == UInt8(ascii: ":"), bytes[nameEnd] == UInt8(ascii: "\""),
            let name = bytes[..<nameEnd].lastIndex(of: UInt8(ascii: "\""))
        else { return nil }
        let start = opening + Self.opening.count
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")), end + 1 < bytes.count,
            bytes[end + 1] == UInt8(ascii: "}"),
            let colon = bytes[start..<end].lastIndex(of: UInt8(ascii: ":")),
            let key = PersonKeyID(utf8: bytes.span.extracting(start..<colon))
        else { return nil }
        range = opening..<end + 2
        field = name + 1..<nameEnd
        self.key = key
        text = colon + 1..<end
    }

    /// Writes a value in its stored form.
    static func write(_ text: Data, _ key: PersonKeyID, to bytes: inout [UInt8]) {
        bytes += opening
        bytes += "\(key):".utf8
        bytes += text
        bytes += [UInt8(ascii: "\""), UInt8(ascii: "}")]
    }
}
