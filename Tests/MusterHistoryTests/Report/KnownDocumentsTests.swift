import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Real files that are no CSV, and what an independent program found in them.
@Suite("Known answers of real documents", .timeLimit(.minutes(20)))
struct KnownDocumentsTests {
    private struct Outcome {
        let summaries: [ImportSummary]
        let rows: [ImportedRow]
        let rejects: [RejectedRow]
        let log: MemoryLog

        var activities: [String: Int] {
            Dictionary(rows.compactMap(\.activity).map { ($0, 1) }, uniquingKeysWith: +)
        }

        /// How many cases took each course, in the order of time.
        var variants: [[String]: Int] {
            let courses = Dictionary(grouping: rows, by: \.caseID).values.map { rows in
                rows.sorted { $0.occurredAt < $1.occurredAt }.map { $0.activity ?? "" }
            }
            return Dictionary(courses.map { ($0, 1) }, uniquingKeysWith: +)
        }
    }

    private func importing(_ files: String..., by mapping: String) async throws -> Outcome {
        let log = try MemoryLog()
        var summaries: [ImportSummary] = []
        var rejects: [RejectedRow] = []
        for file in files {
            summaries.append(
                try await Importer(log: log).run(
                    input: SharedData.path(file),
                    mapping: Mapping.named(mapping),
                    rejected: { rejects.append($0) }
                )
            )
        }
        return Outcome(summaries: summaries, rows: try ImportedRow.all(in: log), rejects: rejects, log: log)
    }

    private static let feed = "calls/portland_911_2017-02-28.atom.xml"
    private static let nextFeed = "calls/portland_911_2017-02-28_next.atom.xml"

    @Test("Portland 911: two feeds that overlap, by agency", .needs(feed))
    func portland() async throws {
        let first = try await importing(Self.feed, by: "portland-911")
        #expect(first.rejects.isEmpty)
        #expect(first.rows.counts("agency") == ["Portland Police": 78, "Portland Fire": 22])
        let both = try await importing(Self.feed, Self.nextFeed, by: "portland-911")
        #expect(both.rejects.isEmpty)
        #expect(both.summaries.map(\.rows) == [100, 100])
        #expect(both.summaries.map(\.added) == [100, 61])
        #expect(both.summaries.map(\.duplicates) == [0, 39])
        #expect(both.rows.cases.count == 161)
        #expect(both.rows.allSatisfy { $0.attributes["location"] != nil && $0.attributes["place"] != nil })
    }

    @Test("New York City 311 by Socrata's API", .needs("requests/nyc311_2012_soda.json"))
    func soda() async throws {
        let outcome = try await importing("requests/nyc311_2012_soda.json", by: "nyc-311-soda")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.summaries.first?.added == 1_000)
        let months = outcome.rows.days(in: "America/New_York").map { $0.prefix(7) }
        #expect(Dictionary(months.map { ($0, 1) }, uniquingKeysWith: +) == ["2012-11": 999, "2012-06": 1])
        #expect(outcome.rows.counts("status") == ["Closed": 966, "Pending": 19, "Assigned": 10, "Open": 5])
        let agencies = outcome.rows.counts("agency")
        #expect(["HPD", "DOT", "NYPD", "DSNY", "DPR"].map { agencies[$0] } == [457, 164, 142, 56, 49])
        #expect(outcome.rows.count { $0.stages["closed"] != nil } == 982)
        #expect(outcome.summaries.first?.negativeIntervals == 7)
    }

    @Test("Chicago Open311: typed notes and follow-ons", .needs("requests/chicago_open311_extended_2014.json"))
    func chicago() async throws {
        let outcome = try await importing("requests/chicago_open311_extended_2014.json", by: "chicago-311-open311")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.rows.cases.count == 50)
        #expect(
            outcome.activities == [
                "activity": 61, "follow_on_created": 52, "follow_on_closed": 51, "opened": 50, "closed": 49,
                "submitted": 13,
            ]
        )
        let created = outcome.rows.filter { $0.activity == "follow_on_created" }
        #expect(Set(created.map(\.caseID)).count == 48)
        let agencies = created.counts("agency")
        #expect(
            agencies == ["Buildings": 35, "Transportation": 7, "Water Management": 7, "Outside Agencies": 3]
        )
    }

    @Test(
        "road traffic fines, by the mapping of any XES and by their own",
        .needs("eventlogs/roadtraffic100traces.xes")
    )
    func roadTraffic() async throws {
        for mapping in ["xes", "road-traffic-fines"] {
            let outcome = try await importing("eventlogs/roadtraffic100traces.xes", by: mapping)
            #expect(outcome.rejects.isEmpty)
            #expect(outcome.rows.count == 390)
            #expect(outcome.rows.cases.count == 100)
            let variants = outcome.variants
            #expect(variants.count == 10)
            let top = [
                "Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Send for Credit Collection",
            ]
            #expect(variants[top] == 36)
            #expect(variants.values.max() == 36)
        }
    }

    @Test("the running example", .needs("eventlogs/running-example.xes"))
    func runningExample() async throws {
        let outcome = try await importing("eventlogs/running-example.xes", by: "xes")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.rows.count == 42)
        #expect(outcome.rows.cases.count == 6)
        let first = try #require(outcome.rows.first)
        #expect(first.activity == "register request")
        #expect(first.attributes["resource"] == "Pete")
        #expect(first.occurredAt.rfc3339 == "2010-12-30T13:32:00Z")
    }

    private static let encodings = ["jsonocel", "xmlocel", "sqlite"].map { "ocel/ocel20_example.\($0)" }

    @Test("the example of OCEL 2.0 is the same log in its three encodings", .needs(encodings[0]))
    func ocel() async throws {
        var logs: [[String]] = []
        for file in Self.encodings {
            let format = Mapping.Format(type: .ocel)
            #expect(try RowReading.file(SharedData.path(file), format).rows.count == 13)
            let outcome = try await importing(file, by: "ocel-purchases")
            #expect(outcome.rejects.isEmpty)
            #expect(outcome.rows.cases == ["PO1", "PO2"])
            // All but the file, the line and the mark of it.
            logs.append(
                outcome.rows.map { row in
                    let attributes = row.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    return
                        "\(row.caseID) \(row.activity ?? "") \(row.occurredAt.rfc3339) \(attributes.joined(separator: " "))"
                }.sorted()
            )
        }
        #expect(Set(logs).count == 1)
        #expect(logs.first?.count == 5)
    }

    @Test("the objects of the example are nine in each encoding", .needs(encodings[0]))
    func ocelObjects() throws {
        let json = OCELObjects(caseType: nil, columns: [])
        let xml = OCELObjects(caseType: nil, columns: [])
        let database = OCELObjects(caseType: nil, columns: [])
        _ = RowReading(try SharedData.bytes(Self.encodings[0]), by: OCELJSONObjects(objects: json))
        _ = RowReading(try SharedData.bytes(Self.encodings[1]), by: XMLRows(OCELXMLObjects(objects: xml)))
        try database.add(from: OCELDatabase(path: SharedData.path(Self.encodings[2])))
        #expect([json, xml, database].map(\.count) == [9, 9, 9])
        #expect([json, xml, database].map { $0.count(ofType: "Invoice") } == [3, 3, 3])
    }

    @Test("OCEL 1.0 is read as it was written", .needs("ocel/recruiting-red.jsonocel"))
    func recruiting() async throws {
        let objects = OCELObjects(caseType: nil, columns: [])
        _ = RowReading(
            try SharedData.bytes("ocel/recruiting-red.jsonocel"),
            by: OCELJSONObjects(objects: objects),
            chunk: 65_536
        )
        #expect(objects.count == 1_051)
        #expect(objects.count(ofType: "applications") == 916)
        let outcome = try await importing("ocel/recruiting-red.jsonocel", by: "ocel-recruiting")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.rows.count == 6_607)
    }

    @Test("Wuhan 2020: snapshots of regions", .needs("outbreak/wuhan2020_city_counts_history.json"))
    func wuhan() async throws {
        let outcome = try await importing("outbreak/wuhan2020_city_counts_history.json", by: "wuhan-2020")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.rows.count == 1_995)
        #expect(outcome.rows.cases.count == 59)
        let times = outcome.rows.map(\.occurredAt)
        #expect(times.min() == Timestamp(microseconds: 1_579_634_890_131_000))
        #expect(times.max() == Timestamp(microseconds: 1_580_983_540_977_000))
    }

    // MARK: - CAP

    private static func cap(_ file: String) -> String { "cap/\(file)" }

    @Test(
        "alerts that are whole become one row for each info",
        .needs(cap("xee.cap")),
        arguments: [
            ("amber.atom", 1), ("australia.cap", 2), ("bushfire_valid.edxlde", 7), ("canada.cap", 2),
            ("canada_signed.cap", 2), ("earthquake.cap", 1), ("earthquake-iso8859-1.cap", 1),
            ("earthquake_signed.cap", 1), ("no_optional_fields.cap", 1), ("wcatwc-warning.cap", 1), ("weather.cap", 1),
        ]
    )
    func alerts(file: String, infos: Int) async throws {
        let outcome = try await importing(Self.cap(file), by: "cap")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.rows.count == infos)
    }

    @Test("text in ISO-8859-1 is read as it was meant", .needs(cap("earthquake-iso8859-1.cap")))
    func latinAlert() async throws {
        let outcome = try await importing(Self.cap("earthquake-iso8859-1.cap"), by: "cap")
        #expect(
            outcome.rows.first?.attributes["headline"]
                == "EQ 4.6 Usulután, Usulután, El Salvador - PRELIMINARY REPORT"
        )
    }

    @Test(
        "an alert without a scope, and one with nothing, are rejected with what they lack",
        .needs(cap("invalid.cap"))
    )
    func wrongAlerts() async throws {
        let invalid = try await importing(Self.cap("invalid.cap"), by: "cap")
        #expect(invalid.rows.isEmpty)
        #expect(invalid.rejects.map(\.column) == ["scope"])
        #expect(invalid.rejects.map(\.reason) == [.missing])
        let noaa = try await importing(Self.cap("noaa_errors.cap"), by: "cap")
        #expect(noaa.rows.isEmpty)
        #expect(noaa.rejects.map(\.column) == ["info.urgency"])
        #expect(noaa.rejects.map(\.reason) == [.missing])
        #expect(noaa.rejects.map(\.line) == [14])
        let envelope = try await importing(Self.cap("bushfire_invalid.edxlde"), by: "cap")
        #expect(envelope.rows.count == 6)
        #expect(envelope.rejects.map(\.column) == ["identifier"])
    }

    @Test("elements that need not be there say nothing when they are empty", .needs(cap("canada_errors.cap")))
    func emptyElements() async throws {
        let outcome = try await importing(Self.cap("canada_errors.cap"), by: "cap")
        #expect(outcome.rejects.isEmpty)
        let alert = try #require(outcome.rows.first)
        #expect(outcome.rows.count == 1)
        #expect(alert.attributes["message"] == "Update")
        #expect(alert.attributes["references"] == nil)
    }

    @Test("the attack by external entities ends in a clear error, and nothing is imported", .needs(cap("xee.cap")))
    func attack() async throws {
        let log = try MemoryLog()
        let path = SharedData.path(Self.cap("xee.cap"))
        await #expect(throws: ImportError.form(path: path, line: 3, .documentType)) {
            _ = try await Importer(log: log).run(input: path, mapping: Mapping.named("cap"))
        }
        #expect(log.events.isEmpty)
    }

    @Test(
        "an index of alerts is no alert, and the error says what reads it",
        .needs(cap("weather_index.atom")),
        arguments: ["weather_index.atom", "invalid_element.atom"]
    )
    func indexIsNoAlert(file: String) async throws {
        let path = SharedData.path(Self.cap(file))
        await #expect {
            _ = try await Importer(log: MemoryLog()).run(input: path, mapping: Mapping.named("cap"))
        } throws: { error in
            guard case ImportError.form(path, _, .root(found: "feed", expected: .cap)) = error else { return false }
            return "\(error)".contains("cap-atom-index")
        }
    }

    @Test("an index of alerts is imported by entry", .needs(cap("weather_index.atom")))
    func index() async throws {
        let outcome = try await importing(
            Self.cap("weather_index.atom"),
            Self.cap("weather_index.atom"),
            by: "cap-atom-index"
        )
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.summaries.map(\.added) == [2, 0])
        #expect(outcome.rows.counts("status") == ["Actual": 2])
        #expect(outcome.rows.counts("severity") == ["Unknown": 2])
        #expect(outcome.rows.allSatisfy { $0.attributes["place"] != nil && $0.attributes["link"] != nil })
        #expect(outcome.rows.first?.stages["expires"] == "2010-09-01T03:15:00Z")
    }

    @Test("an element that Atom does not know is passed over", .needs(cap("invalid_element.atom")))
    func unknownElement() async throws {
        let outcome = try await importing(Self.cap("invalid_element.atom"), by: "cap-atom-index")
        #expect(outcome.rejects.isEmpty)
        #expect(outcome.rows.map(\.caseID) == ["id1"])
    }
}
