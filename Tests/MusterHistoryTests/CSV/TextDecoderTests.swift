import Foundation
import Testing

@testable import MusterHistory

@Suite("Text of other encodings", .timeLimit(.minutes(20)))
struct TextDecoderTests {
    /// 火 and 灾 in GBK, and a character that GB 18030 alone has, in four bytes.
    private static let fire: [UInt8] = [0xBB, 0xF0]
    private static let disaster: [UInt8] = [0xD4, 0xD6]
    private static let rare: [UInt8] = [0x95, 0x32, 0x82, 0x36]

    /// Decodes in chunks of a size.
    private func decode(_ bytes: [UInt8], _ encoding: Mapping.TextEncoding, chunk: Int) throws -> [UInt8] {
        let decoder = try #require(try TextDecoder.make(encoding, path: "x"))
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            decoded += decoder.decode(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        return decoded + decoder.finish()
    }

    @Test("text is the same, however it is cut into chunks", arguments: 1...7)
    func chunks(size: Int) throws {
        let bytes = Array("a,".utf8) + Self.fire + Self.disaster + Array("\nb".utf8) + Self.rare + Self.fire
        let decoded = try decode(bytes, .gb18030, chunk: size)
        #expect(String(validating: decoded, as: UTF8.self) == "a,火灾\nb\u{20000}火")
    }

    @Test("UTF-8 needs no decoder")
    func utf8() throws {
        #expect(try TextDecoder.make(.utf8, path: "x") == nil)
    }

    @Test("every encoding that a mapping may name has a converter", arguments: Mapping.TextEncoding.allCases)
    func converters(encoding: Mapping.TextEncoding) throws {
        if encoding != .utf8 { #expect(try decode(Array("plain".utf8), encoding, chunk: 3) == Array("plain".utf8)) }
    }

    @Test("accented letters are read", arguments: [Mapping.TextEncoding.latin1, .windows1252])
    func latin(encoding: Mapping.TextEncoding) throws {
        let decoded = try decode([0x63, 0x61, 0x66, 0xE9], encoding, chunk: 2)
        #expect(String(decoding: decoded, as: UTF8.self) == "café")
    }

    @Test(
        "bytes that are no text are marked one by one, and what follows is read",
        arguments: [
            ([0x61, 0xFF, 0x62], [0x61, 0xFF, 0x62]),
            ([0x61, 0xBB, 0x0A, 0x62], [0x61, 0xFF, 0x0A, 0x62]),
            ([0x61, 0xBB], [0x61, 0xFF]),
            ([0xFF, 0xFF, 0x0A], [0xFF, 0xFF, 0x0A]),
        ] as [([UInt8], [UInt8])]
    )
    func wrongBytes(bytes: [UInt8], expected: [UInt8]) throws {
        for size in 1...4 { #expect(try decode(bytes, .gbk, chunk: size) == expected) }
    }

    @Test("any bytes end in text, and never in a crash", arguments: 0..<200)
    func anyBytes(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        for encoding in Mapping.TextEncoding.allCases where encoding != .utf8 {
            let size = Int.random(in: 1...50, using: &random)
            let decoded = try decode(bytes, encoding, chunk: size)
            let breaks = bytes.count { $0 == 0x0A }
            #expect(decoded.count { $0 == 0x0A } == breaks, "seed \(seed), \(encoding)")
        }
    }

    @Test("a row of GBK is imported; one with wrong bytes is rejected with line and column")
    func imports() async throws {
        let log = try MemoryLog()
        let yaml = Samples.yaml.replacing("{type: csv}", with: "{type: csv, encoding: gbk}")
        let bytes =
            Array((Samples.header + "1,1,2020-03-01 10:00:00,,,,,").utf8) + Self.fire + Self.disaster
            + Array("\n2,1,2020-03-01 10:00:00,,,,,".utf8) + Self.fire + [0xBB, 0x0A] + Array(Samples.row(3).utf8)
        let file = try TemporaryFile("rows.csv", bytes)
        var rejects: [RejectedRow] = []
        let summary = try await Importer(log: log).run(
            input: file.path,
            mapping: Mapping(yaml: yaml),
            rejected: { rejects.append($0) }
        )
        #expect(rejects == [RejectedRow(line: 3, column: "Note", reason: .encoding)])
        #expect(summary.added == 2)
        #expect(try ImportedRow.all(in: log).first?.attributes["note"] == "火灾")
    }
}
