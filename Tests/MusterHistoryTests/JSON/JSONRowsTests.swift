import Testing

@testable import MusterHistory

@Suite("Rows of JSON")
struct JSONRowsTests {
    private static func read(
        _ text: String,
        _ kind: JSONRows.Kind = .document,
        rows: String? = nil,
        columns: [String]? = nil,
        chunk: Int = 4_096
    ) -> RowReading {
        RowReading(text.utf8, by: JSONRows(kind, rows: rows, builder: RowBuilder(columns: columns)), chunk: chunk)
    }

    @Test(
        "objects of an array, one after another, or on lines are rows",
        arguments: [
            (#"[{"a":1},{"a":"x"}]"#, JSONRows.Kind.document, ["1: a=1", "1: a=x"]),
            ("[\n{\"a\":1}\n,{\"a\":2}\n]\n", .document, ["2: a=1", "3: a=2"]),
            ("{\"a\":1}{\"a\":2}", .document, ["1: a=1", "1: a=2"]),
            ("{\n\"a\": 1\n}\n", .document, ["1: a=1"]),
            ("{\"a\":1}\n\n{\"a\":2}", .lines, ["1: a=1", "3: a=2"]),
            ("{\"a\":1}\r\n{\"a\":2}\r\n", .lines, ["1: a=1", "2: a=2"]),
            ("[{\"a\":1},\n{\"a\":2}]", .lines, ["1: a=1", "2: a=2"]),
            ("\u{FEFF}[{\"a\":1}]", .document, ["1: a=1"]),
            ("[]", .document, []),
            ("[ ]\n", .document, []),
        ]
    )
    func layouts(text: String, kind: JSONRows.Kind, expected: [String]) {
        #expect(Self.read(text, kind).entries == expected)
    }

    @Test("members of objects are columns by their path, arrays one column, null nothing")
    func values() {
        let text = #"[{"a":{"b":{"c":"火\n\"é\u0041"},"d":true},"e":[1, {"f":2}],"g":null,"h":-1.5e3,"i":""}]"#
        let reading = Self.read(text)
        #expect(
            reading.rows == [
                ["a.b.c": "火\n\"éA", "a.d": "true", "e": #"[1, {"f":2}]"#, "h": "-1.5e3"]
            ]
        )
        #expect(reading.columns == ["a.b.c", "a.d", "e", "h", "i"])
    }

    @Test("only the columns that are asked for are read, an object as its JSON")
    func columns() {
        let text = #"[{"z":1,"where":{"type":"Point","at":[1,2]},"b":"x"},{"b":"y"}]"#
        let reading = Self.read(text, columns: ["b", "where", "where.type", "none"])
        #expect(
            reading.rows == [
                ["b": "x", "where": #"{"type":"Point","at":[1,2]}"#, "where.type": "Point"], ["b": "y"],
            ]
        )
    }

    @Test("each element of a list is a row beside the members of the object around it, wherever they stand")
    func rowsOfList() {
        let text = #"""
            [{"id":7,"notes":[{"type":"opened","by":{"name":"A"}},{"type":"closed"}],"where":"here"},
             {"id":8,"notes":[]},
             {"id":9},
             {"id":10,"notes":["plain",["x"]]}]
            """#
        #expect(
            Self.read(text, rows: "notes").entries == [
                "1: id=7 notes.@index=1 notes.by.name=A notes.type=opened where=here",
                "1: id=7 notes.@index=2 notes.type=closed where=here", "2: id=8", "3: id=9",
                "4: id=10 notes=plain notes.@index=1", #"4: id=10 notes=["x"] notes.@index=2"#,
            ]
        )
    }

    @Test("the list may be in an object around all, and lists in lists", arguments: [1, 4_096])
    func rowsAroundAll(chunk: Int) {
        let text = #"""
            {"source":"who","meta":{"count":2,"list":[1]},"results":[{"name":"A","cities":[{"n":1},{"n":2}]},
            {"name":"B","cities":[]}],"success":true}
            """#
        #expect(
            Self.read(text, rows: "results", columns: ["source", "results.name", "meta.count"], chunk: chunk).rows == [
                ["source": "who", "results.name": "A", "meta.count": "2"],
                ["source": "who", "results.name": "B", "meta.count": "2"],
            ]
        )
        #expect(
            Self.read(text, rows: "results.cities", columns: ["results.name", "results.cities.n"], chunk: chunk).rows
                == [
                    ["results.name": "A", "results.cities.n": "1"], ["results.name": "A", "results.cities.n": "2"],
                    ["results.name": "B"],
                ]
        )
        #expect(
            Self.read(#"{"data":{"items":[{"a":1}]}}"#, rows: "data.items").rows.map { $0["data.items.a"] } == ["1"]
        )
    }

    @Test("a document without the list says so")
    func noList() {
        #expect(Self.read(#"{"a":[1]}"#, rows: "b").faults == ["no-list"])
    }

    @Test(
        "what is no object, nested too deeply or broken within costs its own row only",
        arguments: [
            (#"[1,{"a":2}]"#, JSONRows.Kind.document, ["1: not-object", "1: a=2"]),
            (#"[{"a":tru},{"a":2}]"#, .document, ["1: json", "1: a=2"]),
            (#"[{"a":"\ud800"},{"a":2}]"#, .document, ["1: json", "1: a=2"]),
            ("{\"a\":\n{\"a\":2}\n", .lines, ["1: json", "2: a=2"]),
            ("{\"a\":1}\n{\"a\":\"x", .lines, ["1: a=1", "2: truncated"]),
            ("{\"a\":1} x\n{\"a\":2}", .lines, ["1: json", "2: a=2"]),
        ]
    )
    func recovers(text: String, kind: JSONRows.Kind, expected: [String]) {
        #expect(Self.read(text, kind).entries == expected)
    }

    @Test(
        "what stands wrong between rows ends the reading",
        arguments: [
            (#"[{"a":1} {"a":2}]"#, "json"), (#"[{"a":1},]"#, "json"), (#"[,{"a":1}]"#, "json"), (",", "json"),
            (#"[{"a":1}"#, "truncated"), (#"[{"a":"x"#, "truncated"), ("[", "truncated"), ("  ", "truncated"),
            (#"{"a":1"#, "truncated"), (#"[{"a":1]}"#, "json"),
        ]
    )
    func failures(text: String, code: String) {
        #expect(Self.read(text).failure?.code == code)
    }

    @Test("deep nesting is a fault of its row, however deep", arguments: [40, 100_000])
    func deep(depth: Int) {
        let nested = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        let reading = Self.read("[\(nested),{\"b\":1}]")
        #expect(reading.faults == ["too-deep"])
        #expect(reading.rows == [["b": "1"]])
    }

    @Test("CloudEvents lacking what the standard requires are rejected")
    func cloudEvents() {
        let whole = #"{"specversion":"1.0","id":"1","source":"/a","type":"t","subject":"s","data":{"x":1}}"#
        let reading = Self.read("\(whole)\n{\"specversion\":\"1.0\",\"id\":\"2\",\"type\":\"t\"}\n", .events)
        #expect(reading.entries.last == "2: not-cloudevent")
        #expect(reading.rows.first?["data.x"] == "1")
        #expect(Self.read("[\(whole),\(whole)]", .events).rows.count == 2)
    }

    @Test("the size of the chunks makes no difference", arguments: [1, 2, 3, 7, 64])
    func chunks(chunk: Int) {
        let text = #"""
            [ {"id" : 1, "notes": [ {"a":"x\\\"y"} , {"b":[1,{"c":"]}"}]} ], "z": {"y": "é火"}},
              {"id" : 2, "notes": []}, [1], "s", {"id":3,"notes":[{"a":tru}]} ]
            """#
        #expect(Self.read(text, rows: "notes", chunk: chunk) == Self.read(text, rows: "notes"))
        let wrapped = #"{"a":1,"list":[{"b":2},{"b":3}],"c":[{"d":1}]}"#
        #expect(Self.read(wrapped, rows: "list", chunk: chunk) == Self.read(wrapped, rows: "list"))
    }

    @Test("rows of one object that repeat much of it are bounded together")
    func amplification() {
        let list = String(repeating: "1,", count: 300_000) + "1"
        let text = #"[{"a":"\#(String(repeating: "x", count: 400_000))","notes":[\#(list)]},{"a":"y"}]"#
        var text2 = RepeatedText(text, " ", bytes: 0, "")
        let flood = RowFlood(by: JSONRows(.document, rows: "notes", builder: RowBuilder(columns: ["a", "notes"]))) {
            text2.next()
        }
        #expect(flood.faults == ["too-long"])
        #expect(flood.rows < 1_000)
    }
}
