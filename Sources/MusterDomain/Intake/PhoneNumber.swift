package import Records

/// A number to call: a plus sign where it begins with a country, then 3 to 20 digits, in groups or not. Never letters:
/// what cannot be dialled is found out while the caller is still there.
package struct PhoneNumber: RawRepresentable, Hashable, Sendable {
    private static let maximumLength = 32

    /// As it was written.
    package let rawValue: String

    /// Nil unless the text has the form above.
    package init?(rawValue: String) {
        self.init(utf8: rawValue.utf8.span)
    }

    init?(utf8 text: Span<UInt8>) {
        guard !text.isEmpty, text.count <= Self.maximumLength, let rawValue = String(utf8: text) else { return nil }
        var digits = 0
        for index in text.indices {
            switch text[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: " ") where digits > 0, UInt8(ascii: "-") where digits > 0: break
            default: return nil
            }
        }
        guard (3...20).contains(digits) else { return nil }
        self.rawValue = rawValue
    }
}

extension Codec where Value == PhoneNumber {
    package static var phoneNumber: Codec {
        .word(
            32,
            parse: { PhoneNumber(utf8: $0) },
            text: { $0.rawValue },
            schema: .formatted(
                format: nil,
                pattern: "^[+]?[0-9][0-9 -]*$",
                maximum: 32,
                hint: "0512-6512 3456"
            ),
            orElse: {
                Problems(
                    "phone",
                    Words(
                        "must be digits, in groups or not, as 0512-6512 3456",
                        zh: "只能填写数字，可用空格或连字符分隔，例如 0512-6512 3456"
                    )
                )
            }
        )
    }
}
