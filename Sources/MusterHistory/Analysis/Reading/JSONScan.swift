import EventSourcing
import Records

/// Steps over the members of JSON text that the log holds, without making names or values of them. What is no JSON is
/// thrown as by `JSONReader`, and depth is bounded as there.
struct JSONScan {
    let bytes: [UInt8]
    var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Steps through the object that begins here. `member` gets the name's bytes, and must step over the value.
    @inline(__always)
    mutating func object(
        _ member: (inout JSONScan, Range<Int>) throws(Problems) -> Void
    ) throws(Problems) {
        try take(UInt8(ascii: "{"))
        skipSpace()
        if next(is: UInt8(ascii: "}")) {
            index += 1
            return
        }
        while true {
            skipSpace()
            let name = try text()
            skipSpace()
            try take(UInt8(ascii: ":"))
            skipSpace()
            try member(&self, name)
            skipSpace()
            if next(is: UInt8(ascii: ",")) {
                index += 1
                continue
            }
            try take(UInt8(ascii: "}"))
            return
        }
    }

    /// Where the text that begins here stands, without its quotation marks. Escapes stay in it.
    mutating func text() throws(Problems) -> Range<Int> {
        try take(UInt8(ascii: "\""))
        let start = index
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return start..<(index - 1)
            case UInt8(ascii: "\\"): index += 2
            case 0..<0x20: throw malformed()
            default: index += 1
            }
        }
        throw malformed()
    }

    /// The bytes of a text or a number; nil, and the value is stepped over, for other values.
    mutating func plainValue() throws(Problems) -> Range<Int>? {
        guard index < bytes.count else { throw malformed() }
        switch bytes[index] {
        case UInt8(ascii: "\""): return try text()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = index
            try skip()
            return start..<index
        default:
            try skip()
            return nil
        }
    }

    /// Steps over the value that begins here.
    mutating func skip(depth: Int = 0) throws(Problems) {
        guard index < bytes.count, depth < JSONReader.maximumDepth else { throw malformed() }
        switch bytes[index] {
        case UInt8(ascii: "\""): _ = try text()
        case UInt8(ascii: "{"):
            try object { (scan, _) throws(Problems) in try scan.skip(depth: depth + 1) }
        case UInt8(ascii: "["):
            index += 1
            skipSpace()
            if next(is: UInt8(ascii: "]")) {
                index += 1
                return
            }
            while true {
                skipSpace()
                try skip(depth: depth + 1)
                skipSpace()
                if next(is: UInt8(ascii: ",")) {
                    index += 1
                    continue
                }
                try take(UInt8(ascii: "]"))
                return
            }
        case UInt8(ascii: "t"): try skip("true")
        case UInt8(ascii: "f"): try skip("false")
        case UInt8(ascii: "n"): try skip("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            while index < bytes.count, Self.isOfNumber(bytes[index]) { index += 1 }
        default: throw malformed()
        }
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func skip(_ word: StaticString) throws(Problems) {
        guard index + word.utf8CodeUnitCount <= bytes.count,
            word.withUTF8Buffer({ bytes[index..<index + $0.count].elementsEqual($0) })
        else { throw malformed() }
        index += word.utf8CodeUnitCount
    }

    /// Whether bytes are those of a word.
    @inline(__always)
    func holds(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            for offset in 0..<word.count where bytes[range.lowerBound + offset] != word[offset] { return false }
            return true
        }
    }

    @inline(__always)
    func holds(_ range: Range<Int>, _ word: [UInt8]) -> Bool {
        guard range.count == word.count else { return false }
        for offset in 0..<word.count where bytes[range.lowerBound + offset] != word[offset] { return false }
        return true
    }

    /// The text of a range that `text` found, its escapes resolved.
    func string(_ range: Range<Int>) throws(Problems) -> String {
        guard range.lowerBound > 0, bytes[range.lowerBound - 1] == UInt8(ascii: "\"") else {
            return String(decoding: bytes[range], as: UTF8.self)
        }
        var reader = JSONReader(bytes, at: range.lowerBound - 1)
        return try reader.string()
    }

    /// Whether a range that `text` found has escapes, so that its bytes are not its text.
    func hasEscapes(_ range: Range<Int>) -> Bool {
        for index in range where bytes[index] == UInt8(ascii: "\\") { return true }
        return false
    }

    /// The number in a table of a range that `text` or `plainValue` found.
    func number(_ range: Range<Int>, in names: inout NameTable) throws(Problems) -> Int32 {
        hasEscapes(range) ? names.index(of: try string(range)) : names.index(of: bytes.span.extracting(range))
    }

    /// Microseconds since 1970 of a range that holds an RFC 3339 time.
    func time(_ range: Range<Int>) throws(Problems) -> Int64 {
        guard let time = Timestamp(rfc3339: bytes.span.extracting(range)) else {
            throw Problems("date-time", Words("is not a time", zh: "不是时间"))
        }
        return time.microseconds
    }

    func integer(_ range: Range<Int>) throws(Problems) -> Int64 {
        var reader = JSONReader(bytes, at: range.lowerBound)
        return try reader.integer()
    }

    private mutating func take(_ byte: UInt8) throws(Problems) {
        guard next(is: byte) else { throw malformed() }
        index += 1
    }

    @inline(__always)
    private func next(is byte: UInt8) -> Bool { index < bytes.count && bytes[index] == byte }

    @inline(__always)
    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private func malformed() -> Problems {
        Problems(
            "malformed",
            Words("is not JSON: unexpected text at byte \(index + 1)", zh: "不是 JSON：第 \(index + 1) 字节处无法识别")
        )
    }
}
