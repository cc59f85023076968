import Hummingbird

/// The fields of a posted form (`application/x-www-form-urlencoded`), in the order in which they came.
///
/// Members of records have the names of what they stand in before their own: `grid.nameEN`, `parts.0.place`.
struct FormFields: Sendable {
    private(set) var names: [String] = []
    private var valuesOfName: [String: [String]] = [:]
    /// How many rows a list of records may have at most, by the highest number that came.
    private var rowsOfName: [String: Int] = [:]

    /// More fields are refused.
    private static let maximumCount = 5_000

    init() {}

    init(_ bytes: [UInt8]) {
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = pair.first else { continue }
            add(Self.decoded(name), pair.count > 1 ? Self.decoded(pair[1]) : "")
        }
    }

    static func read(_ request: Request, _ context: GatewayContext, maximumBytes: Int) async throws -> FormFields {
        let form = "application/x-www-form-urlencoded"
        guard request.mediaType == form else { throw ProblemDetails.mediaType(form) }
        let bytes = try await BodyReader.read(request, context, maximumBytes: maximumBytes, time: .seconds(30))
        guard bytes.count(where: { $0 == UInt8(ascii: "&") }) < maximumCount else {
            throw ProblemDetails.tooManyFields(maximumCount)
        }
        return FormFields(bytes)
    }

    /// The first value under a name.
    subscript(name: String) -> String? { valuesOfName[name]?.first }

    func values(_ name: String) -> [String] { valuesOfName[name] ?? [] }

    /// Rows of a list of records, empty ones among them.
    func rows(_ name: String) -> Int { rowsOfName[name] ?? 0 }

    /// Replaces what was sent under a name.
    mutating func set(_ name: String, _ value: String) {
        if valuesOfName[name] == nil { add(name, value) }
        valuesOfName[name] = [value]
    }

    mutating func add(_ name: String, _ value: String) {
        if valuesOfName[name] == nil { names.append(name) }
        valuesOfName[name, default: []].append(value)
        var end = name.startIndex
        while let point = name[end...].firstIndex(of: ".") {
            let next = name.index(after: point)
            let number = name[next...].prefix { $0 != "." }
            if let number = Int(number), (0..<Self.maximumCount).contains(number) {
                let list = String(name[..<point])
                rowsOfName[list] = max(rowsOfName[list] ?? 0, number + 1)
            }
            end = next
        }
    }

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
