import EventSourcing
import Records
import Testing

@testable import MusterHistory

@Suite("JSON of rows")
struct RowJSONTests {
    @Test("times are written as the rest of Muster writes them", arguments: 0..<200)
    func times(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var json = RowJSON()
        // The years 1000 to 9998, each with and without a fraction of a second.
        let seconds = Int64.random(in: -30_610_224_000...253_370_764_799, using: &random)
        for fraction in [0, Int64.random(in: 1...999_999, using: &random)] {
            let time = Timestamp(microseconds: seconds * 1_000_000 + fraction)
            json.removeAll()
            json.time(time)
            #expect(String(decoding: json.bytes, as: UTF8.self) == "\"\(time.rfc3339)\"", "seed \(seed)")
        }
    }

    @Test("texts are read back as they were", arguments: 0..<100)
    func texts(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let letters: [Character] = ["a", "\"", "\\", "\n", "\t", "\r", "火", "/", "\u{7F}", "🔥"]
        let text = String(
            (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
        )
        var json = RowJSON()
        json.raw(UInt8(ascii: "\""))
        let isTaken = json.text(Array(text.utf8).span)
        #expect(isTaken)
        json.raw(UInt8(ascii: "\""))
        var reader = JSONReader(json.bytes)
        #expect(try reader.string() == text, "seed \(seed)")
    }

    @Test("control characters are refused, wherever they stand", arguments: ["\u{0}", "a\u{1}", "\u{1F}b", "\"\u{8}"])
    func controlCharacters(text: String) {
        var json = RowJSON()
        let isTaken = json.text(Array(text.utf8).span)
        #expect(!isTaken)
    }
}
