import Hummingbird

/// The fields of a posted form (`application/x-www-form-urlencoded`), in the order in which they came.
struct FormFields: Sendable {
    private(set) var pairs: [(name: String, value: String)] = []

    /// More fields than this are ignored.
    private static let maximumCount = 500

    init(_ bytes: [UInt8]) {
        for part in bytes.split(separator: UInt8(ascii: "&")).prefix(Self.maximumCount) {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = pair.first else { continue }
            pairs.append((Self.decoded(name), pair.count > 1 ? Self.decoded(pair[1]) : ""))
        }
    }

    static func read(_ request: Request, _ context: GatewayContext, maximumBytes: Int) async throws -> FormFields {
        let form = "application/x-www-form-urlencoded"
        guard request.mediaType == form else { throw ProblemDetails.mediaType(form) }
        return FormFields(try await BodyReader.read(request, context, maximumBytes: maximumBytes, time: .seconds(30)))
    }

    /// The first value under a name.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Replaces what was sent under a name.
    mutating func set(_ name: String, _ value: String) {
        pairs.removeAll { $0.name == name }
        pairs.append((name, value))
    }

    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// A part of a path as it is meant; there a plus is a plus.
    static func text(ofPathPart part: String) -> String { decoded(Array(part.replacing("+", with: "%2B").utf8)[...]) }

    /// A value as an address holds it.
    static func escaped(_ value: String) -> String {
        value.utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                text.append(Character(Unicode.Scalar(byte)))
            default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
    }

    /// `+` is a space, `%XX` a byte; what is not well-formed stays as it is.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex,
                let high = hexDigit(bytes[index + 1]), let low = hexDigit(bytes[index + 2])
            {
                text.append(high << 4 | low)
                index += 3
            } else {
                text.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
