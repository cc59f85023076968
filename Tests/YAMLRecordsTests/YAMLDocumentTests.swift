import Records
import Testing

@testable import YAMLRecords

@Suite("YAML documents")
struct YAMLDocumentTests {
    @Test("a document becomes the JSON of its values, and quoted values are texts")
    func json() throws {
        let text = """
            name: Gate
            count: 12
            share: -0.5e3
            open: true
            note: null
            blank:
            quoted: "12"
            single: 'true'
            code: 007
            unit: 1 m
            list: [a, 1, {b: false}]
            """
        let expected =
            #"{"name":"Gate","count":12,"share":-0.5e3,"open":true,"note":null,"blank":null,"quoted":"12","#
            + #""single":"true","code":"007","unit":"1 m","list":["a",1,{"b":false}]}"#
        #expect(String(decoding: try YAMLDocument(text).json, as: UTF8.self) == expected)
    }

    @Test(
        "only numbers of JSON are numbers",
        arguments: ["1.", ".5", "+1", "0x1F", "1_000", "1e", "--1", "1-2", "2026-11-26", "12:30", "yes", "no", "~x"]
    )
    func texts(word: String) throws {
        #expect(String(decoding: try YAMLDocument("a: \(word)").json, as: UTF8.self) == #"{"a":"\#(word)"}"#)
    }

    @Test("what is wrong is told with its line, in the order of lines")
    func lines() throws {
        let text = """
            name: Gate
            doors:
              - width: 3
              - width: 0
                wdith: 4
              - height: 2
            """
        let problems = try #require(throws: YAMLProblems.self) { try YAMLDocument(text).decode(Gate.record.codec) }
        #expect(
            problems.list.map { "\($0.line ?? 0) \($0.key)" } == [
                "4 doors[2].width", "5 doors[2].wdith", "6 doors[3].width", "6 doors[3].height",
            ]
        )
        #expect(problems.list[0].words.en.hasPrefix("line 4, doors[2].width: "))
        #expect(problems.list[0].words.zh.hasPrefix("第 4 行，doors[2].width："))
    }

    @Test("what is missing is missing from somewhere; from the whole it has no line")
    func missing() throws {
        let problems = try #require(throws: YAMLProblems.self) {
            try YAMLDocument("doors: []").decode(Gate.record.codec)
        }
        #expect(problems.list.map(\.key) == ["name"])
        #expect(problems.list[0].line == nil)
        #expect(problems.list[0].words.en == "name: is required")
    }

    @Test(
        "what is no YAML, or more than a record needs, is told with its line",
        arguments: [
            ("a: [1, 2", 1), ("a: 1\na: 2", 1), ("a: &x 1\nb: *x", nil), ("? [a]\n: 1", 1), ("", nil), ("a: b: c", 1),
        ] as [(String, Int?)]
    )
    func broken(text: String, line: Int?) throws {
        let document: YAMLDocument
        do {
            document = try YAMLDocument(text)
        } catch {
            #expect(error.list.count == 1)
            if let line { #expect((error.list[0].line ?? 0) >= line) }
            return
        }
        // The parser may spell an alias out; it then is a plain value.
        #expect(text.contains("*x"), "\(String(decoding: document.json, as: UTF8.self))")
    }

    @Test("a text that is too long or spells out too much is refused")
    func bounds() {
        let long = "a: " + String(repeating: "x", count: YAMLDocument.maximumTextBytes)
        #expect(throws: YAMLProblems.self) { try YAMLDocument(long) }
        let deep = String(repeating: "[", count: 30) + String(repeating: "]", count: 30)
        #expect(throws: YAMLProblems.self) { try YAMLDocument(deep) }
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 8).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(throws: YAMLProblems.self) { try YAMLDocument(bomb) }
    }
}

private struct Gate: Sendable {
    let name: String
    let doors: [Door]

    static let record = Record<Gate>(
        Field("name", \.name, .line(), Words("Name", zh: "名称")),
        Field("doors", \.doors, .list(of: Door.record.codec, count: 0...9), Words("Doors", zh: "门")),
        make: Gate.init
    )
}

private struct Door: Hashable, Sendable {
    let width: Int

    static let record = Record<Door>(
        Field("width", \.width, .integer(1...9), Words("Width", zh: "宽度")),
        make: Door.init
    )
}
