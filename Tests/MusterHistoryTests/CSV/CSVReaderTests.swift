import Testing

@testable import MusterHistory

@Suite("CSV reader")
struct CSVReaderTests {
    /// What a reader makes of a text: rows as lists of fields, faults as a single word, each with its line.
    struct Reading: Equatable, CustomStringConvertible {
        var entries: [String] = []
        var description: String { entries.joined(separator: " / ") }
    }

    static func read(
        _ text: some Sequence<UInt8>,
        chunk: Int = 4_096,
        dialect: CSVDialect = CSVDialect()
    ) -> Reading {
        var reader = CSVReader(dialect: dialect)
        var rest = Array(text)[...]
        var reading = Reading()
        while true {
            switch reader.advance() {
            case .row:
                let fields = reader.fields.map { String(decoding: reader.bytes[$0], as: UTF8.self) }
                reading.entries.append("\(reader.line): \(fields.joined(separator: "|"))")
            case .fault(let fault): reading.entries.append("\(reader.line): \(fault)")
            case .needsMore:
                if rest.isEmpty { reader.finish() } else { reader.feed(rest.prefix(chunk)) }
                rest = rest.dropFirst(chunk)
            case .end: return reading
            }
        }
    }

    @Test(
        "text is split as RFC 4180 says",
        arguments: [
            ("a,b\nc,d\n", ["1: a|b", "2: c|d"]),
            ("a,b\r\nc,d\r\n", ["1: a|b", "2: c|d"]),
            ("a,b\nc,d", ["1: a|b", "2: c|d"]),
            ("\"a,b\",c\n", ["1: a,b|c"]),
            ("\"say \"\"yes\"\"\",\"\"\n", ["1: say \"yes\"|"]),
            ("\"\"\"\",x\n", ["1: \"|x"]),
            ("\"two\nlines\",b\nc,d\n", ["1: two\nlines|b", "3: c|d"]),
            ("\"a\"\r\n\"b\"\r\n", ["1: a", "2: b"]),
            ("\"a\"", ["1: a"]),
            (",,\n", ["1: ||"]),
            ("a,\n,b\n", ["1: a|", "2: |b"]),
            ("\n\r\na\n\n\nb\n\n", ["3: a", "6: b"]),
            ("\u{FEFF}a,b\n", ["1: a|b"]),
            ("5\" pipe,b\n", ["1: 5\" pipe|b"]),
            ("消防,火警\n", ["1: 消防|火警"]),
            ("", []),
            ("\n", []),
        ]
    )
    func splits(text: String, expected: [String]) {
        #expect(Self.read(text.utf8).entries == expected)
    }

    @Test(
        "a malformed row costs its own line only",
        arguments: [
            ("a\n\"b\"x\nc\n", ["1: a", "2: textAfterQuote", "3: c"]),
            ("a\n\"b\nc\nd\n", ["1: a", "2: unclosedQuote", "3: c", "4: d"]),
            ("\"", ["1: unclosedQuote"]),
            ("\"a\"\r", ["1: a"]),
        ]
    )
    func recovers(text: String, expected: [String]) {
        #expect(Self.read(text.utf8).entries == expected)
    }

    @Test("a row beyond the bound is a fault, however it comes, and the next row is read", arguments: [1, 7, 4_096])
    func bounds(chunk: Int) {
        let dialect = CSVDialect(maximumRowBytes: 20)
        let long = String(repeating: "x", count: 100)
        let reading = Self.read("a,b\n\(long),y\nc,d\n".utf8, chunk: chunk, dialect: dialect)
        #expect(reading.entries == ["1: a|b", "2: tooLong", "3: c|d"])
    }

    @Test("a quote that is never closed does not eat the rows behind the bound", arguments: [3, 4_096])
    func unclosedQuoteIsBounded(chunk: Int) {
        let dialect = CSVDialect(maximumRowBytes: 16)
        let rows = (0..<10).map { "r\($0),x\n" }.joined()
        let reading = Self.read("\"a,b\n\(rows)".utf8, chunk: chunk, dialect: dialect)
        #expect(reading.entries.first == "1: unclosedQuote")
        #expect(reading.entries.dropFirst() == (0..<10).map { "\($0 + 2): r\($0)|x" }[...])
    }

    @Test("a row of too many fields is a fault")
    func tooManyFields() {
        let text = String(repeating: ",", count: CSVDialect.maximumFields) + "\na\n"
        #expect(Self.read(text.utf8).entries == ["1: tooManyFields", "2: a"])
    }

    @Test("another delimiter is taken, and the comma is then a letter")
    func delimiter() {
        let dialect = CSVDialect(delimiter: UInt8(ascii: ";"))
        #expect(Self.read("a,b;c\n".utf8, dialect: dialect).entries == ["1: a,b|c"])
    }

    @Test("the size of the chunks makes no difference", arguments: 0..<200)
    func chunksDoNotMatter(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let alphabet = Array("ab,\"\"\n\r\n,,é".utf8)
        let text = (0..<Int.random(in: 0...80, using: &random)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        let dialect = CSVDialect(maximumRowBytes: 200)
        let whole = Self.read(text, chunk: 1_000, dialect: dialect)
        #expect(Self.read(text, chunk: 1, dialect: dialect) == whole, "seed \(seed)")
        #expect(Self.read(text, chunk: 3, dialect: dialect) == whole, "seed \(seed)")
    }

    @Test("fields written with quotes are read back as they were", arguments: 0..<100)
    func writtenFieldsComeBack(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let letters: [Character] = ["a", "\"", ",", "\n", " ", "火", "\r\n", "x"]
        let fields = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            String(
                (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
            )
        }
        let text = fields.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        let reading = Self.read(text.utf8, chunk: 5)
        #expect(reading.entries == ["1: \(fields.joined(separator: "|"))"], "seed \(seed)")
    }
}
