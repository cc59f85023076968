import FoundationEssentials

/// Standard Base64 ([RFC 4648 §4](https://www.rfc-editor.org/rfc/rfc4648#section-4)), where each text stands for other bytes.
package enum Base64 {
    package static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// Nil unless encoding the bytes again gives the same text: stray characters and spare bits are refused.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let text = String(text)
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }
}
