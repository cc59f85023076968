/// Reads JSON text ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)) value by value, without building a tree.
///
/// The text may come from anybody: depth, number size and encoding are checked, and every fault is thrown.
@usableFromInline
package struct JSONReader: Sendable {
    /// Deeper nesting than this is refused.
    package static let maximumDepth = 32

    @usableFromInline package let bytes: [UInt8]
    @usableFromInline package internal(set) var index: Int
    private var depth = 0

    @usableFromInline
    package init(_ bytes: [UInt8], at index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    /// A reader at another place of the same text, with this one's depth.
    package func at(_ index: Int) -> JSONReader {
        var reader = self
        reader.index = index
        return reader
    }

    /// What the next value is, by its first byte; nil at the end of the text or on a byte that begins no value.
    @usableFromInline
    package mutating func peek() -> JSONKind? {
        skipSpace()
        guard index < bytes.count else { return nil }
        return switch bytes[index] {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        default: nil
        }
    }

    /// The members of an object: names, and where each value begins. Values are checked for form.
    package mutating func members() throws(Problems) -> [JSONMember] {
        try expect(.object)
        index += 1
        try enter()
        var members: [JSONMember] = []
        members.reserveCapacity(16)
        skipSpace()
        if take(UInt8(ascii: "}")) {
            leave()
            return members
        }
        repeat {
            guard peek() == .string else { throw malformed() }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw malformed() }
            skipSpace()
            members.append(JSONMember(name: name, start: index))
            try skipValue()
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed() }
        leave()
        return members
    }

    /// Reads an array, calling `element` with the reader at each of its values; `element` must read it whole.
    package mutating func array(_ element: (inout JSONReader, Int) throws(Problems) -> Void) throws(Problems) {
        try expect(.array)
        index += 1
        try enter()
        skipSpace()
        if take(UInt8(ascii: "]")) {
            leave()
            return
        }
        var ordinal = 0
        repeat {
            skipSpace()
            try element(&self, ordinal)
            ordinal += 1
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed() }
        leave()
    }

    package mutating func boolean() throws(Problems) -> Bool {
        try expect(.boolean)
        if take("true") { return true }
        if take("false") { return false }
        throw malformed()
    }

    @usableFromInline
    package mutating func null() throws(Problems) {
        try expect(.null)
        guard take("null") else { throw malformed() }
    }

    package mutating func integer() throws(Problems) -> Int64 {
        if let number = plainNumber(), number.scale == 1 {
            index = number.end
            return number.isNegative ? -number.digits : number.digits
        }
        try expect(.number)
        let text = try numberText()
        guard let value = Int64(text) else {
            throw Problems("integer", Words("must be a whole number", zh: "必须是整数"))
        }
        return value
    }

    package mutating func number() throws(Problems) -> Double {
        if let number = plainNumber() {
            index = number.end
            let magnitude = Double(number.digits) / number.scale
            return number.isNegative ? -magnitude : magnitude
        }
        try expect(.number)
        let text = try numberText()
        guard let value = Double(text), value.isFinite else {
            throw Problems("number", Words("is too large a number", zh: "数值过大"))
        }
        return value
    }

    @usableFromInline
    package mutating func string() throws(Problems) -> String {
        if let text = plain({ String(utf8: $0) }) { return text }
        try expect(.string)
        index += 1
        return try stringWithEscapes()
    }

    /// Reads a text that stands here without escapes, lending its bytes instead of making a `String`.
    ///
    /// - Returns: what `parse` makes of the bytes, which need not be UTF-8. Nil, and no step is taken, when `parse`
    ///   returns nil or another value stands here: `string()` reads the same and says what is wrong.
    @inlinable
    package mutating func plain<Value>(_ parse: (Span<UInt8>) -> Value?) -> Value? {
        guard let end = endOfPlainText(), let value = parse(bytes.span.extracting(index + 1..<end)) else { return nil }
        index = end + 1
        return value
    }

    /// Steps over one value, checking its form.
    package mutating func skipValue() throws(Problems) {
        switch peek() {
        case .object:
            _ = try members()
        case .array:
            try array { (reader, _) throws(Problems) in try reader.skipValue() }
        case .string: try skipString()
        case .number: _ = try numberText()
        case .boolean: _ = try boolean()
        case .null: try null()
        case nil: throw malformed()
        }
    }

    /// Throws unless only white space is left.
    @usableFromInline
    package mutating func end() throws(Problems) {
        skipSpace()
        guard index == bytes.count else { throw malformed() }
    }

    // MARK: - Steps

    private static let notUTF8 = Problems("encoding", Words("is not valid UTF-8 text", zh: "不是有效的 UTF-8 文本"))

    func malformed() -> Problems {
        Problems(
            "malformed",
            Words("is not JSON: unexpected text at byte \(index + 1)", zh: "不是 JSON：第 \(index + 1) 字节处无法识别")
        )
    }

    private mutating func expect(_ kind: JSONKind) throws(Problems) {
        let found = peek()
        if found == kind { return }
        guard let found else { throw malformed() }
        throw Problems(
            "type",
            Words("must be \(kind.words.en), not \(found.words.en)", zh: "应为\(kind.words.zh)，而不是\(found.words.zh)")
        )
    }

    mutating func enter() throws(Problems) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw Problems(
                "depth",
                Words("is nested deeper than \(Self.maximumDepth) levels", zh: "嵌套超过 \(Self.maximumDepth) 层")
            )
        }
    }

    mutating func leave() { depth -= 1 }

    mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    /// Takes a byte and the text behind it, or neither.
    mutating func take(_ byte: UInt8, _ text: [UInt8]) -> Bool {
        guard index < bytes.count, bytes[index] == byte, bytes.span.holds(text.span, at: index + 1) else {
            return false
        }
        index += 1 + text.count
        return true
    }

    private mutating func take(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        guard index + length <= bytes.count else { return false }
        let matches = word.withUTF8Buffer { bytes[index..<index + length].elementsEqual($0) }
        if matches { index += length }
        return matches
    }

    /// A number without an exponent: `digits / scale`.
    private struct PlainNumber {
        var isNegative = false
        var digits: Int64 = 0
        /// A power of ten.
        var scale = 1.0
        /// The index behind it.
        var end: Int
    }

    /// The number that stands here, when it has no exponent and at most sixteen characters behind its sign. With a point
    /// among them, both parts of the quotient are exact as `Double`, and so the quotient is the one nearest to the text.
    private func plainNumber() -> PlainNumber? {
        let bytes = bytes.span
        var number = PlainNumber(end: index)
        if number.end < bytes.count, bytes[number.end] == UInt8(ascii: "-") {
            number.isNegative = true
            number.end += 1
        }
        let start = number.end
        var point: Int?
        while number.end < bytes.count {
            let byte = bytes[number.end]
            if isDigit(byte) {
                number.digits = number.digits * 10 + Int64(byte &- UInt8(ascii: "0"))
                if point != nil { number.scale *= 10 }
            } else if byte == UInt8(ascii: "."), point == nil {
                point = number.end
            } else {
                break
            }
            number.end += 1
            guard number.end - start <= 16 else { return nil }
        }
        let wholeDigits = (point ?? number.end) - start
        guard wholeDigits == 1 || wholeDigits > 1 && bytes[start] != UInt8(ascii: "0"), point != number.end - 1,
            number.end == bytes.count || bytes[number.end] | 0x20 != UInt8(ascii: "e")
        else { return nil }
        return number
    }

    private mutating func numberText() throws(Problems) -> Substring {
        let start = index
        _ = take(UInt8(ascii: "-"))
        guard index < bytes.count, isDigit(bytes[index]) else { throw malformed() }
        if !take(UInt8(ascii: "0")) { digits() }
        if take(UInt8(ascii: ".")) { try someDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try someDigits()
        }
        guard index - start <= 64 else { throw malformed() }
        return Substring(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func someDigits() throws(Problems) {
        guard index < bytes.count, isDigit(bytes[index]) else { throw malformed() }
        digits()
    }

    private mutating func digits() {
        while index < bytes.count, isDigit(bytes[index]) { index += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func skipString() throws(Problems) {
        index += 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return
            case UInt8(ascii: "\\"):
                index += 2
            case 0..<0x20:
                throw malformed()
            default:
                index += 1
            }
        }
        throw malformed()
    }

    /// The index of the quotation mark that ends the text that begins here; nil when it has escapes, or none begins.
    @usableFromInline
    func endOfPlainText() -> Int? {
        let bytes = bytes.span
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { return nil }
        guard let end = bytes.firstSpecial(from: index + 1), bytes[end] == UInt8(ascii: "\"") else { return nil }
        return end
    }

    private mutating func stringWithEscapes() throws(Problems) -> String {
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let string = String(utf8: text.span) else { throw Self.notUTF8 }
                return string
            case UInt8(ascii: "\\"):
                index += 1
                text.append(contentsOf: String(try escape()).utf8)
            case 0..<0x20:
                throw malformed()
            default:
                text.append(byte)
                index += 1
            }
        }
        throw malformed()
    }

    private mutating func escape() throws(Problems) -> Unicode.Scalar {
        guard index < bytes.count else { throw malformed() }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexUnit()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard (0xD800..<0xDC00).contains(unit), take("\\u") else { throw malformed() }
            let low = try hexUnit()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
            else { throw malformed() }
            return scalar
        default: throw malformed()
        }
    }

    private mutating func hexUnit() throws(Problems) -> UInt32 {
        guard index + 4 <= bytes.count else { throw malformed() }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw malformed()
            }
        }
        index += 4
        return value
    }
}

/// A kind of JSON value.
@usableFromInline
package enum JSONKind: Sendable {
    case object, array, string, number, boolean, null

    package var words: Words {
        switch self {
        case .object: Words("an object", zh: "对象")
        case .array: Words("a list", zh: "列表")
        case .string: Words("a text", zh: "文本")
        case .number: Words("a number", zh: "数字")
        case .boolean: Words("true or false", zh: "是或否")
        case .null: Words("null", zh: "空值")
        }
    }
}

/// A member of an object: its name, and the index of the first byte of its value.
package struct JSONMember: Sendable {
    package let name: String
    package let start: Int
}

extension String {
    /// Copies UTF-8 text; nil when it is none.
    package init?(utf8 bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        self.init(copying: text)
    }
}
