import Records
import Testing

/// Values described once: reading, writing and what is said when something is wrong.
@Suite struct RecordTests {
    @Test(
        "Reading what was written gives the same value",
        arguments: [
            Sample(),
            Sample(line: "\"\\/\u{1F692}火", prose: "a\n\tb\r\n</script>\u{2028}", count: 9, share: 1e-9, isOn: false),
            Sample(colour: .blue, parts: [.init(name: "a"), .init(name: "b")], tags: [3, 1, 2]),
        ]
    )
    func identity(sample: Sample) throws {
        #expect(try Sample.record.decode(Sample.record.encode(sample)) == sample)
    }

    @Test(
        "Doubles are written so that they come back exactly",
        arguments: [
            0, -0.0, 0.1, 1.0 / 3, 1e-300, 2.5e-308, 123_456_789.123_456_79, 1,
        ]
    )
    func doubles(value: Double) throws {
        let codec = Codec<Double>.number(-1e308...1e308)
        #expect(try codec.decode(codec.encode(value)) == value)
    }

    @Test("Missing and null optional members are nil, other missing members are named")
    func missing() throws {
        #expect(try Sample.record.decode(Sample.json("")) == Sample())
        #expect(try Sample.record.decode(Sample.json(#""prose":null"#)) == Sample())
        let problems = #expect(throws: Problems.self) { try Sample.record.decode(Array("{}".utf8)) }
        #expect(problems?.list.map(\.pointer) == ["/line", "/count", "/share", "/isOn", "/colour", "/parts"])
        #expect(problems?.list.allSatisfy { $0.code == "required" } == true)
    }

    @Test("Members may come in any order")
    func order() throws {
        let text = #"{"parts":[],"colour":"red","isOn":true,"share":0.5,"count":1,"line":"x"}"#
        #expect(try Sample.record.decode(Array(text.utf8)) == Sample())
    }

    @Test("Unknown and repeated members are refused by name")
    func unknown() {
        let problems = #expect(throws: Problems.self) {
            try Sample.record.decode(Sample.json(#""colour":"blue","a/b~c":1"#))
        }
        #expect(problems?.list.map(\.pointer) == ["/colour", "/a~1b~0c"])
        #expect(problems?.list.map(\.code) == ["repeated", "unknown"])
    }

    @Test("Of very many unknown members only the first are named")
    func manyUnknown() {
        let members = (0..<1_000).map { #""x\#($0)":1"# }.joined(separator: ",")
        let problems = #expect(throws: Problems.self) { try Sample.record.decode(Sample.json(members)) }
        #expect(problems?.list.count == 20)
    }

    @Test("A fault inside a nested list leaves the depth of what follows as it was")
    func depthAfterFault() throws {
        let nested = Codec<[[Int]]>.list(of: .list(of: .integer(0...9), count: 0...2), count: 0...100)
        let text = "[" + Array(repeating: "[1,2,3]", count: 60).joined(separator: ",") + "]"
        let problems = #expect(throws: Problems.self) { try nested.decode(Array(text.utf8)) }
        #expect(problems?.list.map(\.code) == Array(repeating: "too-many", count: 60))
    }

    @Test("Everything that is wrong is told at once, with its place")
    func allProblems() {
        let text =
            #"{"line":"","count":10,"share":"x","isOn":1,"colour":"green","parts":[{"name":"a"},{"name":"longer"},{}]}"#
        let problems = #expect(throws: Problems.self) { try Sample.record.decode(Array(text.utf8)) }
        #expect(
            problems?.list.map { "\($0.pointer) \($0.code)" } == [
                "/line blank", "/count range", "/share type", "/isOn type", "/colour choice",
                "/parts/1/name too-long", "/parts/2/name required",
            ]
        )
    }

    @Test("Lists keep their bounds and sets their promise")
    func lists() {
        let many = (0..<4).map { _ in #"{"name":"a"}"# }.joined(separator: ",")
        let text = #"{"line":"x","count":1,"share":0.5,"isOn":true,"colour":"red","parts":[\#(many)],"tags":[1,1]}"#
        let problems = #expect(throws: Problems.self) { try Sample.record.decode(Array(text.utf8)) }
        #expect(problems?.list.map { "\($0.pointer) \($0.code)" } == ["/parts too-many", "/tags repeated"])
    }

    @Test(
        "A line has no line break and no direction override, prose has line breaks",
        arguments: [
            "a\nb", "a\u{7}b", "a\u{202E}b", "a\u{2066}b", "a\u{FEFF}", "a\u{85}b",
        ]
    )
    func controlCharacters(text: String) {
        let codec = Codec<String>.line()
        #expect(throws: Problems.self) { try codec.decode(codec.encode(text)) }
    }

    @Test("Length is counted in characters of Unicode, not bytes")
    func length() throws {
        let codec = Codec<String>.line(3)
        #expect(try codec.decode(codec.encode("火火火")) == "火火火")
        #expect(throws: Problems.self) { try codec.decode(codec.encode("abcd")) }
    }
}
