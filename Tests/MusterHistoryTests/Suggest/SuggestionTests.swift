import EventSourcing
import Testing

@testable import MusterHistory

/// Mappings suggested for small files that say one thing each.
@Suite("Suggested mappings", .timeLimit(.minutes(20)))
struct SuggestionTests {
    private func suggestion(_ name: String = "calls.csv", _ bytes: some Sequence<UInt8>) throws -> String {
        let file = try TemporaryFile(name, bytes)
        return try Suggestion.text(for: file.path)
    }

    private func suggestion(_ text: String) throws -> String { try suggestion("calls.csv", text.utf8) }

    /// Imports a file by what is suggested for it.
    private func importing(_ bytes: some Sequence<UInt8>) async throws -> (summary: ImportSummary, rows: [ImportedRow])
    {
        let file = try TemporaryFile("calls.csv", bytes)
        let log = try MemoryLog()
        let mapping = try await Mapping(yaml: Suggestion.yaml(for: file.path))
        let summary = try await Importer(log: log).run(input: file.path, mapping: mapping)
        return (summary, try ImportedRow.all(in: log))
    }

    private func lines(_ yaml: String, holding text: String) -> [Substring] {
        yaml.split(separator: "\n").filter { $0.contains(text) }
    }

    // MARK: - Form

    @Test("delimiters are found", arguments: [",", ";", "\t", "|"])
    func delimiters(sign: String) throws {
        let text = "Case Id,Opened,Closed,Note\n1,2020-03-01 10:00:00,2020-03-01 11:00:00,a b\n"
        let mapping = try Mapping(yaml: suggestion(text.replacing(",", with: sign)))
        #expect(mapping.format.delimiter == sign.utf8.first)
        #expect(mapping.stages.map(\.column) == ["Opened", "Closed"])
    }

    @Test("commas in quoted texts do not hide another delimiter")
    func quotedCommas() throws {
        let text = "Case Id;Opened;Note\n1;2020-03-01 10:00:00;\"a, b, c\"\n2;2020-03-02 10:00:00;\"d, e\"\n"
        #expect(try Mapping(yaml: suggestion(text)).format.delimiter == UInt8(ascii: ";"))
    }

    @Test("a file without a header has names made up, with a doubt, and loses no row")
    func headerless() async throws {
        let text = "40.1,-75.3,EMS: FALL,2016-01-15 12:01,NORRISTOWN\n40.2,-75.4,Fire: GAS,2016-01-15 12:06,ABINGTON\n"
        let yaml = try suggestion(text)
        #expect(yaml.contains("header: false"))
        #expect(yaml.contains("DOUBT: the first line looks like a row"))
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.format.columns == ["latitude", "longitude", "column-3", "time", "column-5"])
        #expect(try await importing(text.utf8).summary.added == 2)
    }

    @Test("Chinese in GBK is found, its words are kept, and its times are of China with a doubt")
    func gbk() async throws {
        let bytes: [UInt8] =
            [
                0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xBD, 0xD3, 0xBE, 0xAF, 0xCA, 0xB1, 0xBC, 0xE4, 0x2C, 0xC0, 0xE0, 0xD0,
                0xCD, 0x0A,
            ]
            + Array("1,2024/1/5 14:20,".utf8) + [0xBB, 0xF0, 0xD4, 0xD6, 0x0A]
            + Array("2,2024/1/25 8:05,".utf8) + [0xBB, 0xF0, 0xD4, 0xD6, 0x0A]
        let yaml = try suggestion("calls.csv", bytes)
        #expect(yaml.contains("encoding: gbk"))
        #expect(yaml.contains("zone: Asia/Shanghai"))
        #expect(lines(yaml, holding: "DOUBT").count >= 2)
        let outcome = try await importing(bytes)
        #expect(outcome.summary.added == 2)
        #expect(outcome.rows.map(\.caseID) == ["1", "2"])
        #expect(outcome.rows.first?.occurredAt.rfc3339 == "2024-01-05T06:20:00Z")
        #expect(outcome.rows.first?.stages.keys.first == "received")
        #expect(outcome.rows.first?.attributes["type"] == "火灾")
    }

    @Test("accented letters of a single byte are found")
    func latin() async throws {
        let bytes = Array("Case Id,Opened,Place\n1,2020-03-01 10:00:00,Caf".utf8) + [0xE9] + Array(" au lait\n".utf8)
        #expect(try suggestion("calls.csv", bytes).contains("encoding: iso-8859-1"))
        #expect(try await importing(bytes).rows.first?.attributes["place"] == "Café au lait")
    }

    // MARK: - Times

    @Test(
        "the order of day and month is told by a day above 12, and else in doubt",
        arguments: [
            ("13/02/2020", "02/03/2020", "dd/MM/yyyy", false), ("02/13/2020", "02/03/2020", "MM/dd/yyyy", false),
            ("01/02/2020", "02/03/2020", "MM/dd/yyyy", true), ("01-02-2020", "02-03-2020", "dd-MM-yyyy", true),
        ]
    )
    func dayAndMonth(first: String, second: String, pattern: String, isInDoubt: Bool) throws {
        let yaml = try suggestion("Case Id,Opened\n1,\(first)\n2,\(second)\n")
        #expect(yaml.contains("formats: [\"\(pattern)\"]"))
        #expect(yaml.contains("DOUBT: no date has a number above 12") == isInDoubt)
    }

    @Test("times with an offset need no zone, and others have one in doubt")
    func zones() throws {
        let with = try suggestion("Case Id,Opened\n1,2020-03-01T10:00:00+01:00\n2,2020-03-01T10:00:00.25Z\n")
        #expect(!with.contains("zone"))
        #expect(try Mapping(yaml: with).patterns.count == 2)
        let without = try suggestion("Case Id,Opened\n1,2020-03-01T10:00:00\n")
        #expect(without.contains("zone: UTC"))
        #expect(without.contains("DOUBT: times say no zone"))
    }

    @Test("stages are in the order of their median times, and dates beside times of day are none")
    func stageOrder() throws {
        let yaml = try suggestion(
            """
            Call Number,Closed DtTm,Received DtTm,On Scene DtTm,Call Date,Due Date
            1,2020-03-01 12:00:00,2020-03-01 10:00:00,2020-03-01 10:20:00,2020-03-01,2020-03-02 10:00:00
            2,2020-03-01 12:30:00,2020-03-01 10:30:00,2020-03-01 10:50:00,2020-03-01,2020-03-02 10:30:00
            3,2020-03-01 10:59:00,2020-03-01 11:00:00,2020-03-01 11:25:00,2020-03-01,2020-03-02 11:00:00

            """
        )
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.stages.map(\.name) == ["received", "on-scene", "closed"])
        #expect(mapping.roles.due == "due-date")
        #expect(yaml.contains("later stage before an earlier one, which are kept and counted: 1."))
        #expect(yaml.contains("late: [{stage: closed, due: due-date}]"))
    }

    @Test("words that say that nothing is known are found among the times", arguments: ["?", "NULL", "pending"])
    func nullWords(word: String) async throws {
        let rows = (1...30).map { number in
            let closed = number % 2 == 0 ? word : "2020-03-01 11:\(number + 10):00"
            return "\(number),2020-03-01 10:\(number + 10):00,\(closed)\n"
        }
        let outcome = try await importing(("Case Id,Opened,Closed\n" + rows.joined()).utf8)
        #expect(outcome.summary.added == 30)
        #expect(outcome.rows.count(where: { $0.stages.count == 2 }) == 15)
    }

    // MARK: - Cases and activities

    @Test("rows that are one step each of a case are activities")
    func activities() throws {
        let yaml = try suggestion(
            """
            id,ticket_id,status,updated_at,created_at,assigned_to,department
            1,7,New,2020-03-01 10:00:00,2020-03-01 10:00:00,Ann,Water
            2,7,Active,2020-03-01 11:00:00,2020-03-01 10:00:00,Bob,Roads
            3,8,New,2020-03-01 10:30:00,2020-03-01 10:30:00,Ann,Water
            4,8,Closed,2020-03-01 12:00:00,2020-03-01 10:30:00,Bob,Roads

            """
        )
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.caseColumns == ["ticket_id"])
        #expect(mapping.keyColumns == ["id"])
        #expect(mapping.activityColumn == "status")
        #expect(mapping.atColumn == "updated_at")
        #expect(mapping.roles == Mapping.Roles(agency: "department", resource: "assigned-to"))
        #expect(mapping.personal == ["assigned-to"])
        #expect(lines(yaml, holding: "DOUBT: these look like people").count == 1)
    }

    @Test("a unit that acts is no person")
    func units() throws {
        let yaml = try suggestion(
            "Id,Call,Unit ID,Received\n1,1,E01,2020-03-01 10:00:00\n2,1,E02,2020-03-01 10:01:00\n3,2,E01,2020-03-01 10:02:00\n"
        )
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.roles.resource == "unit-id")
        #expect(mapping.personal == [])
        #expect(lines(yaml, holding: "DOUBT: nothing here looks like a person").count == 1)
    }

    @Test("cases that look like people are personal")
    func peopleAsCases() throws {
        let yaml = try suggestion(
            "Id,Patient No,Visit,Seen\n1,P1,first,2020-03-01 10:00:00\n2,P1,next,2020-03-02 10:01:00\n3,P2,first,2020-03-01 10:02:00\n"
        )
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.caseColumns == ["Patient No"])
        #expect(mapping.personal == ["case"])
        #expect(lines(yaml, holding: "DOUBT: these look like people").count == 1)
        let calls = try Mapping(
            yaml: suggestion("Phone Number,Kind,Opened\n1381,fire,2020-03-01 10:00:00\n1382,fire,2020-03-02 10:01:00\n")
        )
        #expect(calls.caseColumns == ["Phone Number"])
        #expect(calls.personal == ["case", "key"])
        let callers = try Mapping(
            yaml: suggestion("Caller Id,Kind,Opened\n17,fire,2020-03-01 10:00:00\n18,fire,2020-03-02 10:01:00\n")
        )
        #expect(callers.keyColumns == ["Caller Id"])
        // Without a column of its own each row is a case by its key.
        #expect(callers.personal == ["key", "case"])
    }

    @Test("R14.5 when a row was entered is no step, and is found for late entry, as is what was read off")
    func entry() throws {
        let yaml = try suggestion(
            """
            Visit No,Seen At,Left At,Date of Data Entry,Body Temperature
            1,2020-03-01 10:00:00,2020-03-01 10:30:00,2020-03-02 08:00:00,36.6
            2,2020-03-01 11:00:00,2020-03-01 11:30:00,2020-03-04 08:00:00,36.6

            """
        )
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.stages.map(\.column) == ["Seen At", "Left At"])
        #expect(mapping.roles.recorded == "date-of-data-entry")
        #expect(mapping.roles.reading == "body-temperature")
        // Where nothing else is known it is what happened.
        let alone = try Mapping(yaml: suggestion("Visit No,Entered\n1,2020-03-01 10:00:00\n2,2020-03-02 10:00:00\n"))
        #expect(alone.stages.map(\.column) == ["Entered"])
        #expect(alone.roles.recorded == nil)
    }

    @Test("what looks personal is left out, and said so")
    func personal() throws {
        let yaml = try suggestion(
            "Case Id,Opened,First Name,lastName,Telephone,E-mail,Kind\n1,2020-03-01 10:00:00,Ann,Bee,555,a@b.c,fire\n"
        )
        #expect(try Mapping(yaml: yaml).attributes.map(\.name) == ["kind"])
        #expect(lines(yaml, holding: "looks personal").count == 4)
        #expect(!yaml.contains("Ann"))
    }

    @Test("columns that a mapping cannot name are left out, and any name is written so that it is read back")
    func names() throws {
        let yaml = try suggestion(
            "Case Id,Opened,Kind,Kind,,\"say: \"\"x\"\" # {y}\",- a,null,'q',时间\n"
                + "1,2020-03-01 10:00:00,a,b,c,d,e,f,g,h\n"
        )
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.attributes.map(\.column) == ["say: \"x\" # {y}", "- a", "null", "'q'", "时间"])
        #expect(lines(yaml, holding: "left out").count == 3)
    }

    @Test("a shipped mapping that fits is named")
    func shipped() throws {
        let yaml = try suggestion("ID,Creado En,Estado\na1,2020/09/01 17:19:56,x\nb2,2020/09/13 17:19:56,y\n")
        #expect(yaml.contains("The shipped mapping guatemala-followups fits this file too."))
        #expect(yaml.contains("zone: America/Guatemala"))
    }

    @Test("the trial names the rows that would be rejected")
    func trial() throws {
        let rows = (1...100).map { "\($0),2020-03-01 10:00:00\n" }.joined()
        let yaml = try suggestion("Case Id,Opened\n\(rows),2020-03-01 10:00:00\nx,y,z\n")
        #expect(yaml.contains("Of the first 102 rows 2 would be rejected."))
        #expect(yaml.contains("missing in Case Id, first on line 102"))
        #expect(yaml.contains("field-count, first on line 103"))
    }

    // MARK: - Doubts about ids

    @Test("rows that name no case are counted, and a case that might be another column is said")
    func caseDoubts() throws {
        let rows = (1...100).map { "\($0 == 7 ? "" : "C\($0)"),2020-03-01 10:00:00\n" }.joined()
        let some = try suggestion("Case Id,Opened\n" + rows)
        #expect(lines(some, holding: "DOUBT: rows that do not name a case would be rejected: 1.").count == 1)
        let two = try suggestion("Call Id,Request Id,Opened\n1,a1,2020-03-01 10:00:00\n2,b1,2020-03-01 11:00:00\n")
        #expect(try Mapping(yaml: two).caseColumns == ["Call Id"])
        #expect(lines(two, holding: "DOUBT: it might also be Request Id.").count == 1)
        let none = try suggestion("Opened,Kind\n2020-03-01 10:00:00,fire\n2020-03-01 11:00:00,gas\n")
        #expect(lines(none, holding: "DOUBT: no column names a case").count == 1)
        #expect(lines(none, holding: "DOUBT: no column names single rows").count == 1)
    }

    @Test("a key that was only seen to differ in the rows that were looked at is a doubt")
    func keyDoubts() throws {
        let few = try suggestion("Row Id,Opened\n1,2020-03-01 10:00:00\n2,2020-03-01 11:00:00\n")
        #expect(lines(few, holding: "DOUBT: it differs").isEmpty)
        let rows = (1...RowSample.maximumRows + 1).map { "\($0),2020-03-01 10:00:00\n" }.joined()
        let many = try suggestion("Row Id,Opened\n" + rows)
        #expect(try Mapping(yaml: many).keyColumns == ["Row Id"])
        #expect(lines(many, holding: "DOUBT: it differs in the first 20000 rows").count == 1)
    }

    @Test("a feed that holds whole alerts is one of alerts, and one that only speaks of them is a feed")
    func alertsInFeeds() throws {
        let head = #"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">"#
        let entry = "<id>1</id><updated>2020-03-01T10:00:00Z</updated>"
        let whole =
            "<content><cap:alert><cap:identifier>A</cap:identifier><cap:sent>2020-03-01T10:00:00Z</cap:sent></cap:alert></content>"
        let alerts = try suggestion("a.xml", "\(head)<entry>\(entry)\(whole)</entry></feed>".utf8)
        #expect(try Mapping(yaml: alerts).format.type == .cap)
        let words = "<cap:status>Actual</cap:status>"
        let index = try suggestion("a.xml", "\(head)<entry>\(entry)\(words)</entry></feed>".utf8)
        #expect(try Mapping(yaml: index).format.type == .atom)
    }

    // MARK: - Files that have nothing

    @Test("a file without times, or without rows, says so")
    func nothing() throws {
        let places = try TemporaryFile(text: "code,name\n110101,东城区\n")
        #expect(throws: SuggestionError.noTimes(path: places.path, columns: ["code", "name"])) {
            try Suggestion.text(for: places.path)
        }
        let header = try TemporaryFile(text: "Case Id,Opened\n")
        #expect(throws: SuggestionError.noRows(path: header.path)) { try Suggestion.text(for: header.path) }
        #expect(throws: ImportError.self) { try Suggestion.text(for: "/nowhere/x.csv") }
        let page = try TemporaryFile("x.html", text: "<!-- a --><html><body/></html>")
        #expect(throws: SuggestionError.unknownFormat(path: page.path, found: "<html>")) {
            try Suggestion.text(for: page.path)
        }
    }

    @Test("any bytes end in a mapping or an error, and never in a crash", arguments: 0..<100)
    func anyBytes(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let parts = [
            ",", "\n", "\"", "a", "1", "2020-03-01", " 10:00", "id", "Case", ";", "\t", "{", "[", "<", "\u{FEFF}", "é",
            "火", "\u{0}",
            "\r\n", "'", "#", ": ",
        ]
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...300, using: &random) {
            bytes += Array((parts.randomElement(using: &random) ?? "").utf8)
            if Int.random(in: 0..<40, using: &random) == 0 { bytes.append(.random(in: 128...255, using: &random)) }
        }
        let file = try TemporaryFile("any.csv", bytes)
        do {
            _ = try Mapping(yaml: Suggestion.text(for: file.path))
        } catch let error as MappingError {
            Issue.record("seed \(seed): \(error)")
        } catch {}
    }
}

@Suite("Names of columns")
struct ColumnNameTests {
    @Test(
        "a column's name becomes one that an event may use",
        arguments: [
            ("Received DtTm", "received-dt-tm", "received"), ("On Scene DtTm", "on-scene-dt-tm", "on-scene"),
            ("date_of_onset", "date-of-onset", "onset"), ("createdAt", "created-at", "created"),
            ("Created Date", "created-date", "created"), ("time:timestamp", "time-timestamp", "time-timestamp"),
            ("RowID", "row-id", "row-id"), ("org:resource", "org-resource", "org-resource"), ("time", "time", "time"),
            ("  A--b  ", "a-b", "a-b"), ("接警时间", nil, nil), ("!?", nil, nil), ("时间 a", nil, nil),
        ] as [(String, String?, String?)]
    )
    func slugs(text: String, slug: String?, timeSlug: String?) {
        #expect(ColumnName(text).slug() == slug)
        #expect(ColumnName(text).slug(droppingTimeWords: true) == timeSlug)
    }

    @Test("a name is never longer than an event's may be, and ends in no hyphen")
    func length() throws {
        let slug = try #require(ColumnName(String(repeating: "abcdefg ", count: 20)).slug())
        #expect(slug.utf8.count <= 40)
        #expect(slug.last != "-")
    }
}
