import Records
import Testing

@testable import MusterHistory

@Suite("Mappings")
struct MappingTests {
    private func error(_ yaml: String) -> MappingError? {
        do {
            _ = try Mapping(yaml: yaml)
            return nil
        } catch {
            return error
        }
    }

    private func error(replacing part: String, with other: String) throws -> MappingError {
        let yaml = Samples.yaml.replacing(part, with: other)
        try #require(yaml != Samples.yaml)
        return try #require(error(yaml))
    }

    @Test("a mapping is read with its stages in order")
    func reads() throws {
        let mapping = try Samples.mapping()
        #expect(mapping.name == "calls")
        #expect(mapping.version == 3)
        #expect(mapping.stages.map(\.name) == ["taken", "done"])
        #expect(mapping.attributes.map(\.name) == ["kind", "hands", "due", "note"])
        #expect(mapping.title.zh == "测试")
        #expect(mapping.text == Samples.yaml)
    }

    @Test(
        "what is wrong is told with its key and line",
        arguments: [
            ("case: Call", "cases-of: Call", "cases-of", 9),
            ("version: 3", "version: three", "version", 2),
            ("version: 3", "version: 0", "version", 2),
            ("name: calls", "name: Fire Calls", "name", 1),
            ("{type: csv}", "{type: xml}", "format.type", 4),
            ("{type: csv}", "{type: csv, encoding: ebcdic}", "format.encoding", 4),
            ("{type: csv}", "{type: json, delimiter: ';'}", "format.delimiter", 4),
            ("{type: csv}", "{type: csv, rows: notes}", "format.rows", 4),
            ("{type: csv}", "{type: json, case-type: order}", "format.case-type", 4),
            ("case: Call", "case: Call\nat: Taken", "at", 10),
            ("case: Call", "case: Call\nagency: desk", "agency", 10),
            ("case: Call", "case: Call\ndue: note", "due", 10),
            ("case: Call", "case: Call\npersonal: [note, who]", "personal[2]", 10),
            ("{type: csv}", "{type: csv, delimiter: '\"'}", "format.delimiter", 4),
            ("{type: csv}", "{type: csv, header: maybe}", "format.header", 4),
            ("{type: csv}", "{type: csv, header: false}", "format.columns", 4),
            ("{type: csv}", "{type: csv, columns: [a]}", "format.columns", 4),
            ("America/New_York", "Mars/Olympus", "time.zone", 6),
            ("yyyy-MM-dd HH:mm:ss", "yyyy-QQ", "time.formats[1]", 7),
            ("Done\n", "[Done]\n", "stages.done", 14),
            ("type: integer", "type: whole", "attributes.hands.type", 17),
            ("counts: [kind, hands]", "counts: [kind, note]", "report.counts[2]", 21),
            ("{from: taken, to: done}", "{from: taken, to: gone}", "report.intervals[1].to", 22),
            ("due: due}", "due: note}", "report.late[1].due", 23),
            (
                "hands: {column: Hands, type: integer}", "hands: {column: Hands, before: a, after: b}",
                "attributes.hands.after", 17
            ),
            ("case-size: true", "case-size: often", "report.case-size", 24),
        ]
    )
    func namesKeyAndLine(part: String, other: String, key: String, line: Int) throws {
        let error = try error(replacing: part, with: other)
        #expect(error.key == key)
        #expect(error.line == line)
    }

    @Test("a mapping of activities names their columns and needs no stages")
    func activities() throws {
        let mapping = try Mapping(
            yaml: """
                name: moves
                version: 1
                format: {type: OCEL, case-type: order}
                case: order
                activity: what
                at: when
                started: begun
                attributes:
                  party: {column: org}
                  who: person
                  spot: where
                  limit: {column: until, type: time}
                  typed: {column: typed, type: time}
                  degrees: degrees
                agency: party
                resource: who
                place: spot
                due: limit
                recorded: typed
                reading: degrees
                """
        )
        #expect(mapping.format == Mapping.Format(type: .ocel, caseType: "order"))
        #expect(mapping.activityColumn == "what")
        #expect(mapping.atColumn == "when")
        #expect(mapping.startedColumn == "begun")
        #expect(mapping.stages.isEmpty)
        #expect(
            mapping.roles
                == Mapping.Roles(
                    agency: "party",
                    resource: "who",
                    place: "spot",
                    due: "limit",
                    recorded: "typed",
                    reading: "degrees"
                )
        )
        #expect(
            mapping.usedColumns
                == ["order", "what", "when", "begun", "org", "person", "where", "until", "typed", "degrees"]
        )
        #expect(mapping.patterns.allSatisfy { $0.hasOffset })
    }

    @Test("the time of entry is a time")
    func recorded() throws {
        let error = try #require(self.error(Samples.yaml + "\nrecorded: note\n"))
        #expect(error.key == "recorded")
        #expect(error.description.contains("“note” is no attribute of type time"))
        #expect(try Samples.mapping(Samples.yaml + "\nrecorded: due\n").roles.recorded == "due")
    }

    @Test("whoever acts is a person, unless the mapping says who is")
    func personal() throws {
        #expect(try Samples.mapping().personal == [])
        let acting = Samples.yaml + "\nresource: note"
        #expect(try Samples.mapping(acting).personal == ["note"])
        #expect(try Samples.mapping(acting + "\npersonal: []").personal == [])
        #expect(try Samples.mapping(acting + "\npersonal: [kind, due]").personal == ["kind", "due"])
    }

    @Test("cases and keys are personal where it is said, and where they share a column with what is")
    func personalCases() throws {
        /// - Parameter keys: the lines that name case and key.
        func personal(_ keys: String, _ named: String) throws -> [String] {
            try Mapping(
                yaml: """
                    name: visits
                    version: 1
                    format: {type: csv}
                    activity: What
                    at: When
                    \(keys)
                    attributes: {who: Who, person: Person, street: Street}
                    resource: who
                    \(named)
                    """
            ).personal
        }
        #expect(try personal("case: Person\nkey: Id", "personal: [case]") == ["case", "person"])
        #expect(try personal("case: Person\nkey: [Person, When]", "personal: [case]") == ["case", "person", "key"])
        #expect(try personal("case: Person\nkey: Id", "personal: [person]") == ["person", "case"])
        #expect(try personal("case: Visit\nkey: [Visit, Who]", "") == ["who", "key"])
        #expect(try personal("case: Visit\nkey: [Street, When]", "personal: [key]") == ["key", "street"])
        #expect(try personal("case: Visit\nkey: Id", "personal: [street]") == ["street"])
        // Without columns of its own a row is named by all that it says, and a case by its row.
        #expect(try personal("case: Visit", "") == ["who", "key"])
        #expect(try personal("", "") == ["who", "case", "key"])
        #expect(try personal("key: Person", "personal: [case]") == ["case", "person", "key"])
        #expect(try personal("", "personal: []") == [])
    }

    @Test("an activity without its time is refused, as are rows without any event")
    func activityNeedsTime() throws {
        #expect(try error(replacing: "case: Call", with: "case: Call\nactivity: Kind").key == "at")
        let stages = "stages:\n  taken: {column: Taken, en: taken, zh: 接报}\n  done: Done\n"
        #expect(try error(replacing: stages, with: "").key == "stages")
    }

    @Test("formats and encodings are read in any case of letters", arguments: ["gbk", "GB18030", "ISO-8859-1"])
    func encodings(name: String) throws {
        let mapping = try Mapping(
            yaml: Samples.yaml.replacing("{type: csv}", with: "{type: CSV, encoding: \(name)}")
        )
        #expect(mapping.format.encoding.rawValue == name.lowercased())
    }

    @Test("a missing key is named")
    func missingKey() throws {
        let error = try error(replacing: "version: 3\n", with: "")
        #expect(error.key == "version")
    }

    @Test("times without an offset want a zone")
    func zoneIsNeeded() throws {
        let error = try error(replacing: "  zone: America/New_York\n", with: "")
        #expect(error.description.contains("yyyy-MM-dd HH:mm:ss"))
    }

    @Test("a column that a headerless file does not have is named")
    func headerlessColumns() throws {
        let error = try error(replacing: "{type: csv}", with: "{type: csv, header: false, columns: [Id, Call]}")
        #expect(error.description.contains("Taken"))
    }

    @Test(
        "text that is no mapping is refused, and never more",
        arguments: [
            "", " ", "just text", "[1, 2]", "a: [", "a: b: c", "\u{0}", "name: a\nname: b", "*unknown",
            "&a [*a]", "? ? ? ?", String(repeating: "[", count: 60_000), String(repeating: "- ", count: 30_000),
            String(repeating: "a", count: 70_000), String(repeating: "? ", count: 30_000),
            "name: x\u{7}", "{1: 2}", "name: &x [*x, *x]",
        ]
    )
    func refusesOtherText(text: String) {
        #expect(error(text) != nil)
    }

    @Test("a name given twice is named")
    func repeatedKey() throws {
        let error = try error(replacing: "version: 3", with: "version: 3\nversion: 4")
        #expect(error.key == "version")
    }

    @Test("an unknown mapping names the ones that come with Muster")
    func unknownName() throws {
        let error = try #require(throws: MappingError.self) { try Mapping.named("no-such-mapping") }
        #expect(error.description.contains("sf-fire-calls, nyc-311"))
        #expect(error.description.contains("no-such-mapping"))
    }

    @Test("a mapping is read from a file by its path")
    func fromFile() throws {
        let file = try TemporaryFile("mine.yaml", text: Samples.yaml)
        #expect(try Mapping.named(file.path) == Samples.mapping())
    }

    @Test("an error in a file names the file")
    func fileIsNamed() throws {
        let file = try TemporaryFile("mine.yaml", text: "name: calls")
        let error = try #require(throws: MappingError.self) { try Mapping.named(file.path) }
        #expect(error.description.hasPrefix(file.path))
    }

    @Test("a directory is no mapping")
    func directory() throws {
        let file = try TemporaryFile(text: "x")
        #expect(throws: MappingError.self) { try Mapping.named(file.directory) }
    }
}
