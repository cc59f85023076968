import Records
import Testing

@Suite struct JSONLayoutTests {
    @Test(arguments: [
        #"{"a":[1,2,{}],"b":"x: {y}, \"z\" \\","c":[]}"#, "[]", "\"a b\"", "1.50", "{\"a\":{\"a\":null}}",
    ])
    func `Indented text is compact again as it was`(_ text: String) {
        #expect(JSONLayout.compact(JSONLayout.indented(text)) == text)
    }

    @Test func `Text that was indented stays as it is`() {
        let text = JSONLayout.indented(#"{"a":[1,{}],"b":"x  y"}"#)
        #expect(JSONLayout.indented(text) == text)
    }

    @Test func `Each member has a line`() {
        #expect(
            JSONLayout.indented(#"{"a":[1,{}],"b":"x"}"#) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": \"x\"\n}"
        )
    }
}
