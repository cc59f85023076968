import EventLog
import EventSourcing
import Evidence
import Foundation
import MusterTesting
import Records
import Testing

@testable import MusterHistory

@Suite(.testDatabase)
struct ExportFormatTests {
    private static func withTown(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("t-\(UInt64.random(in: 0 ... .max))") { log in
            try await ExportedLog.found(log)
            try await body(log)
        }
    }

    private static func withVisits(_ body: @escaping @Sendable (Log) async throws -> Void) async throws {
        try await TestDatabase.current.withLog("v-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            try await ExportedLog.importRows(ExportedLog.rows, into: log)
            try await body(log)
        }
    }

    // MARK: XES

    @Test(.timeLimit(.minutes(20)))
    func `XES has a trace for each case, its events in the order of time, in their newest revision`() async throws {
        try await Self.withVisits { log in
            try await ExportedLog.importRows(ExportedLog.correction, into: log)
            let log = try XMLTree(try await ExportedLog.export(log, .xes) { $0.purpose = "audit" }).root
            #expect(log.attributes["xes.version"] == "1849.2016")
            #expect(log.all("extension").map { $0.attributes["prefix"] } == ["concept", "time", "org", "lifecycle"])
            #expect(log.all("trace").map { $0["concept:name"] } == ["A-1", "B-1", "C-1"])
            let first = log.all("trace")[0].all("event")
            #expect(first.map { $0["concept:name"] } == ["call", "visit"])
            #expect(
                first.map { $0["time:timestamp"] } == ["2026-01-01T02:00:00.000000Z", "2026-01-02T02:00:00.000000Z"]
            )
            #expect(first[1]["start_timestamp"] == "2026-01-02T01:00:00.000000Z")
            // Whoever orders by it, as pm4py does, would have those without it last.
            #expect(first[0]["start_timestamp"] == "2026-01-01T02:00:00.000000Z")
            #expect(first.map { $0["muster:started"] } == [nil, "2026-01-02T01:00:00.000000Z"])
            #expect(first.map { $0["org:group"] } == ["street", "street"])
            #expect(first.map { $0["org:resource"] } == ["y", "x"])
            #expect(first[0]["note"] == "two\nlines, \"quoted\"")
            #expect(first[1].children.first { $0.attributes["key"] == "count" }?.name == "int")
            #expect(first[1].children.first { $0.attributes["key"] == "due" }?.name == "date")
            let corrected = log.all("trace")[1].all("event")
            #expect(corrected.map { $0["note"] } == ["=SUM(A1)", "corrected"])
            #expect(corrected[1]["org:group"] == "police")
            #expect(log.all("trace")[2].all("event")[0]["note"] == "<a & b> ]]> -- ''")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Cases of a log of Muster itself are its matters, or what is asked for`() async throws {
        try await Self.withTown { log in
            let matters = try XMLTree(try await ExportedLog.export(log, .xes)).root
            // Two sessions write; whose numbers a stream got decides where it stands.
            let traces = matters.all("trace").sorted { ($0["concept:name"] ?? "") < ($1["concept:name"] ?? "") }
            #expect(traces.map { $0["concept:name"] } == ["M-1", "M-2"])
            let first = try #require(traces.first).all("event")
            try #require(first.map { $0["concept:name"] } == ["MatterRaised", "WhistleBlown", "WhistleAccepted"])
            #expect(first[1]["basis"] == "清单第三条，“消防通道” <&> ]]>")
            #expect(first[1]["departments"] == #"["fire","police"]"#)
            let all = try XMLTree(try await ExportedLog.export(log, .xes) { $0.category = "*" }).root
            #expect(all.all("trace").count == 6)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: [ExportFormat.xes, .ocelXML])
    func `What XML cannot say is replaced, and huge texts are whole`(format: ExportFormat) async throws {
        try await TestDatabase.current.withLog("x-\(format.rawValue)") { log in
            let huge = String(repeating: "枫林路 <&> ", count: 10_000)
            try await ExportedLog.append(
                to: log,
                "matter-M-1",
                "WhistleBlown",
                #"{"matter":"M-1","basis":"bell \u0007 escape \u001b last \uffff, tab \t, \r\n \#(huge)"}"#
            )
            let tree = try XMLTree(try await ExportedLog.export(log, format)).root
            let basis =
                format == .xes
                ? tree.all("trace")[0].all("event")[0]["basis"]
                : tree.all("events")[0].all("event")[0].all("attributes")[0].all("attribute")
                    .first { $0.attributes["name"] == "basis" }?.text
            #expect(basis == "bell \u{FFFD} escape \u{FFFD} last \u{FFFD}, tab \t, \r\n \(huge)")
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `XES is as the standard has it`() async throws {
        @Sendable func check(_ bytes: Data) throws {
            #expect(XESSchema.schema.faults(of: bytes) == "")
            let log = try XMLTree(bytes).root
            #expect(XESSchema.faults(of: log) == [])
        }
        try await Self.withTown { log in
            try check(try await ExportedLog.export(log, .xes) { $0.category = "*" })
        }
        try await Self.withVisits { log in
            let bytes = try await ExportedLog.export(log, .xes)
            try check(bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            let broken = text.replacing("<int key=\"count\"", with: "<int key=\"due\"")
            #expect(XESSchema.schema.faults(of: Data(broken.utf8)).contains("eventKeys"))
        }
        try await TestDatabase.current.withLog("digits", mode: .history) { log in
            let mapping = ExportedLog.mapping.replacing("  note: Note", with: "  2nd-note: Note")
            try await ExportedLog.importRows(ExportedLog.rows, into: log, mapping)
            let bytes = try await ExportedLog.export(log, .xes)
            try check(bytes)
            let first = try XMLTree(bytes).root.all("trace").first?.all("event").first
            #expect(first?["_2nd-note"] == "two\nlines, \"quoted\"")
        }
    }

    // MARK: CSV

    @Test(.timeLimit(.minutes(20)))
    func `CSV has a line for each activity, and runs nothing in a spreadsheet`() async throws {
        try await Self.withVisits { log in
            let rows = try Self.csv(try await ExportedLog.export(log, .csv))
            #expect(
                rows[0] == [
                    "case", "activity", "time", "started", "event", "position", "key", "source", "source_row", "agency",
                    "who", "count", "due", "lat", "lon", "note", "attributes.position",
                ]
            )
            #expect(rows.count == 7)
            #expect(rows[1][0...3] == ["A-1", "visit", "2026-01-02T02:00:00.000000Z", "2026-01-02T01:00:00.000000Z"])
            #expect(rows[1][16] == "7")
            #expect(rows[2][15] == "two\nlines, \"quoted\"")
            #expect(rows[3][15] == "'=SUM(A1)")
            #expect(rows[4][11] == "-5")
            #expect(rows[4][15] == "枫林路七号，着火了")
            #expect(rows[6][15] == "-12.5")
        }
        #expect(["=1", "+a", "-a", "@x", "\tx", "-", "+1+1"].allSatisfy { CSVWriter.isFormula($0) })
        #expect(["1", "-1", "+86.5", "a=b", "", "x"].allSatisfy { !CSVWriter.isFormula($0) })
    }

    @Test(.timeLimit(.minutes(20)))
    func `CSV of a log of Muster itself holds every event with its data`() async throws {
        try await Self.withTown { log in
            let rows = try Self.csv(try await ExportedLog.export(log, .csv))
            #expect(rows.count == 9)
            let data = try #require(rows[0].firstIndex(of: "data"))
            let whistle = try JSONSerialization.jsonObject(with: Data(rows[3][data].utf8)) as? [String: Any]
            #expect(whistle?["departments"] as? [String] == ["fire", "police"])
            #expect(rows[1][data].contains("isUrgent"))
            #expect(!rows[1][data].contains("place"))
        }
    }

    static func csv(_ bytes: Data) throws -> [[String]] {
        var reader = CSVReader(dialect: CSVDialect(delimiter: UInt8(ascii: ",")))
        reader.feed(Array(bytes))
        reader.finish()
        var rows: [[String]] = []
        while case .row = reader.advance() {
            rows.append(reader.fields.map { String(decoding: reader.bytes[$0], as: UTF8.self) })
        }
        return rows
    }

    // MARK: NDJSON

    @Test(.timeLimit(.minutes(20)))
    func `Every event is a CloudEvent in a line`() async throws {
        try await Self.withTown { log in
            let text = String(decoding: try await ExportedLog.export(log, .ndjson), as: UTF8.self)
            let lines = text.split(separator: "\n")
            #expect(lines.count == 8)
            for (index, line) in lines.enumerated() {
                let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                for name in ["id", "source", "type", "subject", "time", "dataschema"] {
                    #expect((event[name] as? String)?.isEmpty == false, "\(name)")
                }
                #expect(event["specversion"] as? String == "1.0")
                #expect(event["position"] as? String == "\(index + 1)")
                #expect(event["data"] is [String: Any])
                // Names of attributes are lower-case letters and digits.
                #expect(event.keys.allSatisfy { $0.wholeMatch(of: /[a-z0-9]{1,20}/) != nil })
                #expect(Timestamp(rfc3339: event["time"] as? String ?? "") != nil)
            }
        }
    }

    // MARK: GeoJSON

    @Test(.timeLimit(.minutes(20)))
    func `Places are counted by cells, and few in a cell are not told`() async throws {
        try await Self.withVisits { log in
            let features = try Self.features(try await ExportedLog.export(log, .geojson))
            // Five rows lie in one cell, one alone in another.
            #expect(features.count == 1)
            let properties = features.first?["properties"] as? [String: Any]
            #expect(properties?["events"] as? Int == 5)
            let geometry = features.first?["geometry"] as? [String: Any]
            let rings = geometry?["coordinates"] as? [[[Double]]]
            #expect(rings?.first?.first == [121.47, 31.23])
            #expect(rings?.first?.count == 5)
            let points = try Self.features(try await ExportedLog.export(log, .geojson) { $0.purpose = "audit" })
            #expect(points.count == 6)
            #expect((points[0]["geometry"] as? [String: Any])?["coordinates"] as? [Double] == [121.47371, 31.23041])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Reports and matters are counted by territory, from five on`() async throws {
        try await TestDatabase.current.withLog("places") { log in
            for number in 1...6 {
                let territory = number <= 5 ? "a" : "b"
                try await ExportedLog.append(
                    to: log,
                    "report-R-\(number)",
                    "ReportSubmitted",
                    #"{"report":"R-\#(number)","territory":"\#(territory)","place":{"enc1":"x:1:y"}}"#
                )
            }
            try await ExportedLog.append(to: log, "matter-M-1", "MatterRaised", #"{"matter":"M-1","territory":"a"}"#)
            let features = try Self.features(try await ExportedLog.export(log, .geojson))
            #expect(features.count == 1)
            let properties = features.first?["properties"] as? [String: Any]
            #expect(properties?["territory"] as? String == "a")
            #expect(properties?["reports"] as? Int == 5)
            #expect(properties?["matters"] is NSNull)
        }
        try await TestDatabase.current.withLog("no-places") { log in
            try await ExportedLog.append(to: log, "notice-N-1", "NoticeConfirmed", #"{"notice":"N-1"}"#)
            await #expect(throws: ExportFileError.noCoordinates) { try await ExportedLog.export(log, .geojson) }
        }
    }

    private static func features(_ bytes: Data) throws -> [[String: Any]] {
        let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(document["type"] as? String == "FeatureCollection")
        return try #require(document["features"] as? [[String: Any]])
    }

    // MARK: Receipts

    @Test(.timeLimit(.minutes(20)))
    func `Receipts along prove each event, and are the same each time`() async throws {
        try await Self.withTown { log in
            try await SealWatch().seal(log, to: 8)
            let directory = try ExportDirectoryForTests()
            var options = ExportOptions(format: .csv)
            options.withReceipts = true
            options.position = 8
            let summary = try await FileExport(log: log, options: options).run(to: directory.file("a"))
            #expect(
                summary.receipts == ReceiptSummary(path: directory.file("a.receipts.ndjson"), written: 6, leftOut: 2)
            )
            try await ExportedLog.growTown(log)
            try await SealWatch().seal(log, to: 10)
            _ = try await FileExport(log: log, options: options).run(to: directory.file("b"))
            let first = try Data(contentsOf: URL(filePath: directory.file("a.receipts.ndjson")))
            #expect(try Data(contentsOf: URL(filePath: directory.file("b.receipts.ndjson"))) == first)
            let ring = try SealWatch.ring(SealWatch.seed)
            var ids: Set<String> = []
            for line in first.split(separator: UInt8(ascii: "\n")) {
                let receipt = try Receipt.record.decode(Array(line))
                #expect(try !receipt.check(with: ring).isEmpty)
                for item in receipt.items { ids.insert(item.entry.id.description) }
            }
            let rows = try Self.csv(try Data(contentsOf: URL(filePath: directory.file("a"))))
            // Two events stand in streams that are named for a person.
            #expect(ids.count == 6)
            #expect(ids.isSubset(of: rows.dropFirst().map { $0[4] }))
            for secret in ExportedLog.secrets { #expect(first.firstRange(of: Data(secret.utf8)) == nil) }
            await #expect(throws: ExportFileError.exists(path: directory.file("a"))) {
                _ = try await FileExport(log: log, options: options).run(to: directory.file("a"))
            }
        }
    }
}
