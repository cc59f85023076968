import Glibc

/// Turns the text of another encoding into UTF-8, chunk by chunk, by the converters of the C library.
///
/// Bytes that are no text of the encoding become the byte FF, which no UTF-8 holds: their row is rejected as one that is
/// no text, and its neighbours are read. A line end behind such a byte stays one.
final class TextDecoder {
    /// Stands for each byte that is no text.
    static let mark: UInt8 = 0xFF

    private let converter: iconv_t
    /// The beginning of a character whose end has not come yet.
    private var rest: [UInt8] = []

    /// A decoder to UTF-8; nil for UTF-8 itself, which needs none.
    ///
    /// - Throws: when the machine lacks the converter.
    static func make(_ encoding: Mapping.TextEncoding, path: String) throws(ImportError) -> TextDecoder? {
        guard encoding != .utf8 else { return nil }
        guard let decoder = TextDecoder(encoding) else { throw .noConverter(path: path, encoding: encoding) }
        return decoder
    }

    private init?(_ encoding: Mapping.TextEncoding) {
        let converter = iconv_open("UTF-8", encoding.rawValue)
        // The C library says what it does not know as (iconv_t)-1.
        guard let converter, Int(bitPattern: converter) != -1 else { return nil }
        self.converter = converter
    }

    deinit { iconv_close(converter) }

    func decode(_ chunk: [UInt8]) -> [UInt8] {
        var text = rest + chunk
        rest = []
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count * 2)
        var from = 0
        while from < text.count {
            let step = convert(&text, from: from, into: &decoded)
            from = step.next
            switch step.failure {
            case 0, E2BIG: continue
            case EINVAL where text.count - from < Self.longestCharacter:
                rest = Array(text[from...])
                from = text.count
            default:
                decoded.append(Self.mark)
                from += 1
            }
        }
        return decoded
    }

    /// What is left when no more text will come: a mark for the beginning of a character.
    func finish() -> [UInt8] {
        defer { rest = [] }
        return rest.isEmpty ? [] : [Self.mark]
    }

    private static let longestCharacter = 4

    /// Converts as much as goes; says where the rest begins, and why it stopped there.
    private func convert(_ text: inout [UInt8], from: Int, into decoded: inout [UInt8]) -> (next: Int, failure: Int32) {
        let wanted = (text.count - from) * 2 + 16
        var failure: Int32 = 0
        var left = 0
        decoded += [UInt8](unsafeUninitializedCapacity: wanted) { output, count in
            let room = output.count
            text.withUnsafeMutableBytes { input in
                var source = input.baseAddress.map { ($0 + from).assumingMemoryBound(to: CChar.self) }
                var sourceLeft = input.count - from
                var target = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var targetLeft = room
                let result = iconv(converter, &source, &sourceLeft, &target, &targetLeft)
                failure = result == -1 ? errno : 0
                left = sourceLeft
                count = room - targetLeft
            }
        }
        return (text.count - left, failure)
    }
}
