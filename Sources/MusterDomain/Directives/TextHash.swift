import Crypto
package import Records

/// The SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits: by it everybody can tell whether what they
/// were given is the original (R4.1).
package struct TextHash: RawRepresentable, Hashable, Sendable {
    private static let digits = Array("0123456789abcdef".utf8)

    package let rawValue: String

    /// Nil unless the text has the form above.
    package init?(rawValue: String) {
        guard rawValue.utf8.count == 64, rawValue.utf8.allSatisfy(Self.digits.contains) else { return nil }
        self.rawValue = rawValue
    }

    package init(of text: String) {
        var hash = SHA256()
        var text = text
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        var hexadecimal: [UInt8] = []
        hexadecimal.reserveCapacity(64)
        for byte in hash.finalize() {
            hexadecimal.append(Self.digits[Int(byte >> 4)])
            hexadecimal.append(Self.digits[Int(byte & 0xF)])
        }
        rawValue = String(decoding: hexadecimal, as: UTF8.self)
    }
}

extension TextHash: CustomStringConvertible {
    package var description: String { rawValue }
}

extension Codec where Value == TextHash {
    package static var textHash: Codec {
        Codec<String>.line(64).map(
            { TextHash(rawValue: $0) },
            back: { $0.rawValue },
            schema: .formatted(
                format: nil,
                pattern: "^[0-9a-f]{64}$",
                maximum: 64,
                hint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            ),
            orElse: { _ in
                Problems(
                    "hash",
                    Words(
                        "must be a SHA-256 as 64 lower-case hexadecimal digits",
                        zh: "必须是 64 位小写十六进制的 SHA-256"
                    )
                )
            }
        )
    }
}
