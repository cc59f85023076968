import Testing

@testable import MusterHistory

/// Every reader against text that is wrong: whatever comes ends in rows, faults or a failure, within bounded memory.
@Suite("Readers of wrong text", .timeLimit(.minutes(20)), .serialized)
struct ReaderFuzzTests {
    struct Subject: CustomTestStringConvertible, Sendable {
        let name: String
        let sample: String
        let make: @Sendable () -> any RowReader

        var testDescription: String { name }
        var isXML: Bool { make() is XMLRows }
    }

    private static func builder() -> RowBuilder { RowBuilder(columns: nil) }

    private static func maker() -> OCELRowMaker {
        OCELRowMaker(builder: builder(), objects: OCELObjects(caseType: nil, columns: []))
    }

    private static let notes =
        #"[{"id":7,"notes":[{"type":"a\"\u706b","at":"2020-01-01"},{"b":[1]}],"x":{"y":-1.5e2}}]"#
    private static let lines = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}\n{\"a\":null}\n"
    private static let xes = #"""
        <?xml version="1.0"?><log><trace><string key="concept:name" value="1"/><event>
        <date key="time:timestamp" value="2011-01-06T09:18:00+01:00"/><list key="l"><values/></list></event></trace></log>
        """#
    private static let atom = #"""
        <feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><category term="T"/><content type="html">&lt;dl&gt;
        &lt;dt&gt;A:&lt;/dt&gt;&lt;dd&gt;b&amp;#x706b;&lt;/dd&gt;&lt;/dl&gt;</content></entry></feed>
        """#
    private static let cap = #"""
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A</identifier><info><event>Fire</event>
        <parameter><valueName>v</valueName><value>1</value></parameter></info></alert>
        """#

    static let subjects: [Subject] = [
        Subject(name: "csv", sample: "a,b\n1,\"x\"\"y\"\n2,z\n") { CSVRows(dialect: CSVDialect(), columns: nil) },
        Subject(name: "json", sample: notes) { JSONRows(.document, rows: "notes", builder: builder()) },
        Subject(name: "json around", sample: #"{"a":{"b":[{"c":1},{"d":"e"}]},"f":[{}]}"#) {
            JSONRows(.document, rows: "a.b", builder: builder())
        },
        Subject(name: "ndjson", sample: lines) { JSONRows(.lines, rows: nil, builder: builder()) },
        Subject(name: "cloudevents", sample: lines) { JSONRows(.events, rows: nil, builder: builder()) },
        Subject(name: "xes", sample: xes) { XMLRows(XESRows(builder: builder())) },
        Subject(name: "atom", sample: atom) { XMLRows(AtomRows(builder: builder())) },
        Subject(name: "cap", sample: cap) { XMLRows(CAPRows(builder: builder())) },
        Subject(name: "ocel json", sample: OCELSamples.json) { OCELJSONRows(maker: maker()) },
        Subject(name: "ocel json 1", sample: OCELSamples.version1) { OCELJSONRows(maker: maker()) },
        Subject(name: "ocel json objects", sample: OCELSamples.json) {
            OCELJSONObjects(objects: OCELObjects(caseType: "order", columns: nil))
        },
        Subject(name: "ocel xml", sample: OCELSamples.xml) { XMLRows(OCELXMLRows(maker: maker())) },
        Subject(name: "ocel xml objects", sample: OCELSamples.xml) {
            XMLRows(OCELXMLObjects(objects: OCELObjects(caseType: "order", columns: nil)))
        },
    ]

    private static func read(_ text: some Collection<UInt8>, _ subject: Subject, chunk: Int = 4_096) -> RowReading {
        let reader = subject.make()
        return RowReading(text, by: reader, chunk: chunk)
    }

    @Test("a whole sample is read without a failure", arguments: subjects)
    func whole(subject: Subject) {
        #expect(Self.read(subject.sample.utf8, subject).failure == nil)
    }

    @Test("a sample that is cut off at any length says so, or has only whole rows", arguments: subjects)
    func truncated(subject: Subject) {
        let text = Array(subject.sample.utf8)
        let whole = Self.read(text, subject)
        for length in 0..<text.count {
            let reading = Self.read(text[..<length], subject)
            let behind = text[length...]
            if subject.isXML {
                #expect(reading.failure != nil || behind.allSatisfy { $0 <= 0x20 }, "length \(length)")
            }
            for row in reading.rows where subject.name != "csv" && subject.name != "json around" {
                #expect(whole.rows.contains(row), "length \(length)")
            }
        }
    }

    @Test("random changes end in rows, faults or a failure, the same for every size of chunk", arguments: subjects)
    func changed(subject: Subject) {
        var random = SeededRandom(seed: 6)
        let sample = Array(subject.sample.utf8)
        for round in 0..<400 {
            var text = sample
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text[index] = UInt8.random(in: 0...255, using: &random)
                case 1: text.remove(at: index)
                case 2: text.insert(sample.randomElement(using: &random) ?? 0, at: index)
                default: text[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
                }
            }
            let reading = Self.read(text, subject)
            let other = Self.read(text, subject, chunk: Int.random(in: 1...9, using: &random))
            #expect((reading.failure == nil) == (other.failure == nil), "round \(round)")
            // Where XML is broken, the pieces decide how much of what is before it the parser has told by then.
            let count = subject.isXML && reading.failure != nil ? min(reading.rows.count, other.rows.count) : .max
            #expect(reading.rows.prefix(count) == other.rows.prefix(count), "round \(round)")
            #expect(reading.faults == other.faults, "round \(round)")
        }
    }

    @Test("random bytes end in faults or a failure", arguments: subjects)
    func noise(subject: Subject) {
        var random = SeededRandom(seed: 7)
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = Self.read(text, subject)
        }
    }

    private static let floods: [(name: String, subject: String, beginning: String, middle: String, end: String)] = [
        ("a line", "csv", "a,b\n", "x", "\n1,2\n"),
        ("a quoted field", "csv", "a,b\n1,\"", "x\"\"", "\"\n1,2\n"),
        ("a text", "json", #"[{"a":""#, "x", #""},{"a":1}]"#),
        ("a list", "json", #"[{"a":["#, "1,", #"1]},{"a":1}]"#),
        ("depth", "json", "[", "[", ""),
        ("a name", "json around", "{\"", "x", "\":1}"),
        ("space", "json", "[", " ", #"{"a":1}]"#),
        ("a member", "json around", #"{"z":""#, "x", #"","a":{"b":[{"c":1}]}}"#),
        ("a line", "ndjson", #"{"a":""#, "x", "\"}\n{\"a\":1}\n"),
        ("an attribute", "xes", #"<log><trace><event><string key="a" value=""#, "x", #""/></event></trace></log>"#),
        ("a name", "xes", "<log><trace><", "x", "/></trace></log>"),
        ("text", "xes", "<log><trace>", "x", "</trace></log>"),
        ("a comment", "xes", "<log><!--", "x", "--></log>"),
        (
            "attributes", "xes", "<log><event><string key='a' value='b'/>", "<string key='a' value='b'/>",
            "</event></log>"
        ),
        ("a document type", "xes", "<!DOCTYPE log [", "<!ENTITY a 'b'>", "]><log/>"),
        ("text", "atom", #"<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>"#, "x", "</id></entry></feed>"),
        ("sections", "atom", #"<feed xmlns="http://www.w3.org/2005/Atom"><title><![CDATA["#, "x", "]]></title></feed>"),
        ("a text", "cap", #"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><note>"#, "x", "</note></alert>"),
        (
            "relations", "ocel xml", "<log><events><event id='e'><attributes/><objects>",
            "<object object-id='o'/>", "</objects></event></events></log>"
        ),
        ("relations", "ocel json", #"{"events":[{"id":"e","relationships":["#, #"{"objectId":"o"},"#, "1]}]}"),
    ]

    @Test("a hundred megabytes of one thing are read within bounded memory", arguments: floods.indices)
    func flood(index: Int) throws {
        let (name, subjectName, beginning, middle, end) = Self.floods[index]
        let subject = try #require(Self.subjects.first { $0.name == subjectName })
        let title = "\(subjectName): \(name)"
        let growth = PeakMemory.growth {
            var text = RepeatedText(beginning, middle, bytes: 100 << 20, end)
            let flood = RowFlood(by: subject.make()) { text.next() }
            #expect(flood.rows <= 1, "\(title)")
        }
        #expect(growth < PeakMemory.bound, "\(title)")
    }
}
