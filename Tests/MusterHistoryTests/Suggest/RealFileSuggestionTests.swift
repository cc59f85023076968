import Foundation
import Records
import Testing

@testable import MusterHistory

/// Mappings suggested for real files.
@Suite("Suggested mappings of real files", .timeLimit(.minutes(20)))
struct RealFileSuggestionTests {
    /// What somebody who knows the file would say of it.
    struct Known: Sendable, CustomTestStringConvertible {
        let file: String
        let rows: Int
        var rejected = 0
        var caseColumns: [String] = []
        var keyColumns: [String] = []
        var activity: String?
        var at: String?
        var started: String?
        var stages: [String] = []
        var roles = Mapping.Roles()

        var testDescription: String { file }
    }

    static let known = [
        Known(
            file: "calls/sf_fire_calls_2020.csv",
            rows: 10_410,
            caseColumns: ["Call Number"],
            keyColumns: ["RowID"],
            stages: [
                "Received DtTm", "Entry DtTm", "Dispatch DtTm", "Response DtTm", "On Scene DtTm", "Transport DtTm",
                "Hospital DtTm", "Available DtTm",
            ],
            roles: Mapping.Roles(resource: "unit-id", place: "neighborhooods-analysis-boundaries")
        ),
        Known(
            file: "requests/nyc311_2018-06.csv",
            rows: 1_000,
            caseColumns: ["Unique Key"],
            keyColumns: ["Unique Key"],
            stages: ["Created Date", "Closed Date", "Resolution Action Updated Date"],
            roles: Mapping.Roles(agency: "agency", place: "borough", due: "due-date")
        ),
        Known(
            file: "eventlogs/receipt.csv",
            rows: 8_577,
            caseColumns: ["case:concept:name"],
            keyColumns: ["concept:instance"],
            activity: "concept:name",
            at: "time:timestamp",
            roles: Mapping.Roles(agency: "org-group", resource: "org-resource", due: "case-deadline")
        ),
        Known(
            file: "eventlogs/running-example.csv",
            rows: 42,
            caseColumns: ["case:concept:name"],
            activity: "concept:name",
            at: "time:timestamp",
            roles: Mapping.Roles(resource: "org-resource")
        ),
        Known(
            file: "eventlogs/interval_event_log.csv",
            rows: 8_109,
            caseColumns: ["case:concept:name"],
            activity: "concept:name",
            at: "time:timestamp",
            started: "start_timestamp"
        ),
        Known(
            file: "eventlogs/servicenow_incident_event_log_6k.csv",
            rows: 5_998,
            caseColumns: ["number"],
            activity: "incident_state",
            at: "sys_updated_at",
            roles: Mapping.Roles(agency: "assignment-group", resource: "assigned-to", place: "location")
        ),
        Known(file: "calls/montgomery_911_headerless.csv", rows: 3_051, stages: ["time"]),
        Known(
            file: "outbreak/guatemala_followups_2020.csv",
            rows: 11_112,
            caseColumns: ["ID"],
            keyColumns: ["ID"],
            stages: ["Creado En"]
        ),
        Known(
            file: "outbreak/godata_followups.csv",
            rows: 437,
            caseColumns: ["contact_uuid"],
            keyColumns: ["uuid"],
            activity: "followup_status",
            at: "date_of_followup",
            roles: Mapping.Roles(recorded: "date-of-data-entry")
        ),
    ]

    @Test(
        "the columns that matter are found",
        .needs("eventlogs/receipt.csv"),
        arguments: known.filter { SharedData.has($0.file) }
    )
    func columns(known: Known) throws {
        let yaml = try Suggestion.text(for: SharedData.path(known.file))
        let mapping = try Mapping(yaml: yaml)
        #expect(mapping.caseColumns == known.caseColumns)
        #expect(mapping.keyColumns == known.keyColumns)
        #expect(mapping.activityColumn == known.activity)
        #expect(mapping.atColumn == known.at)
        #expect(mapping.startedColumn == known.started)
        #expect(mapping.stages.map(\.column) == known.stages)
        #expect(mapping.roles == known.roles)
    }

    /// Each file that can be imported, with how many of its rows are wrong whatever the mapping.
    private static let files: [(name: String, wrong: Int)] =
        [
            "calls/montgomery_911_headerless.csv", "calls/portland_911_2017-02-28.atom.xml",
            "calls/portland_911_2017-02-28_next.atom.xml", "calls/sf_fire_calls_2020.csv",
            "calls/sf_structure_fires_2017_small.csv", "requests/chicago_open311_extended_2014.json",
            "requests/nyc311_2012_soda.json", "requests/nyc311_2018-06.csv", "eventlogs/interval_event_log.csv",
            "eventlogs/receipt.csv", "eventlogs/roadtraffic100traces.xes", "eventlogs/running-example.csv",
            "eventlogs/running-example.xes", "eventlogs/servicenow_incident_event_log_6k.csv",
            "ocel/ocel20_example.jsonocel", "ocel/ocel20_example.sqlite", "ocel/ocel20_example.xmlocel",
            "ocel/recruiting-red.jsonocel", "outbreak/godata_cases.csv", "outbreak/godata_contacts.csv",
            "outbreak/godata_events.csv", "outbreak/godata_followups.csv", "outbreak/godata_lab_results.csv",
            "outbreak/godata_relationships.csv", "outbreak/guatemala_followups_2020.csv",
            "outbreak/wuhan2020_city_counts_history.json", "cap/amber.atom", "cap/australia.cap",
            "cap/bushfire_valid.edxlde", "cap/canada.cap", "cap/canada_errors.cap", "cap/canada_signed.cap",
            "cap/earthquake-iso8859-1.cap", "cap/earthquake.cap", "cap/earthquake_signed.cap", "cap/invalid.cap",
            "cap/invalid_element.atom", "cap/no_optional_fields.cap", "cap/noaa_errors.cap", "cap/wcatwc-warning.cap",
            "cap/weather.cap", "cap/weather_index.atom",
        ].map { ($0, 0) } + [("cap/bushfire_invalid.edxlde", 1)]

    @Test(
        "every file that has times is imported by what is suggested for it",
        .needs("eventlogs/receipt.csv"),
        arguments: files.filter { SharedData.has($0.name) }
    )
    func imports(file: String, wrong: Int) async throws {
        let path = SharedData.path(file)
        let log = try MemoryLog()
        let yaml = try await Suggestion.yaml(for: path)
        let summary = try await Importer(log: log).run(
            input: path,
            mapping: Mapping(yaml: yaml),
            rejected: { row in print("\(file):\(row.line) \(row.column ?? ""): \(row.reason.words.en)") }
        )
        #expect(summary.rows > 0)
        #expect(summary.rejected == wrong, "\(summary.rejects)\n\(yaml)")
        #expect(summary.added == summary.rows - wrong)
    }

    private static let listsWithoutTimes = [
        "outbreak/godata_teams.csv", "supplies/wuhan_hospital_supply_needs_nocontact.json", "geo/cn_areas.csv",
        "geo/cn_streets.csv", "geo/cn_villages_subset_chifeng_wulanchabu.csv", "geo/baotou_districts_150200.geojson",
        "geo/zhoushan_districts_330900.geojson", "geo/yichun_districts_230700.geojson", "eventlogs/xes_20.xes",
    ]

    @Test(
        "a file without times is refused, and its columns are named",
        .needs("eventlogs/receipt.csv"),
        arguments: listsWithoutTimes.filter(SharedData.has)
    )
    func withoutTimes(file: String) throws {
        let path = SharedData.path(file)
        let error = try #require(throws: SuggestionError.self) { try Suggestion.text(for: path) }
        guard case .noTimes(path, let columns) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(!columns.isEmpty)
        #expect(error.words.en.hasPrefix("\(path) has no column of times"))
        #expect(error.words.zh.hasPrefix("\(path) 中没有时间列"))
    }

    @Test(
        "a schema, and an attack, are refused for what they are",
        .needs("cap/xee.cap"),
        arguments: [
            ("ocel/ocel2-validation.xsd", "is <schema>, which is none of the formats"),
            ("ocel/schema_ocel2.json", "has no rows to look at"), ("cap/xee.cap", "has a document type declaration"),
        ]
    )
    func refused(file: String, words: String) {
        #expect {
            try Suggestion.text(for: SharedData.path(file))
        } throws: { error in
            "\(error)".contains(words)
        }
    }

    // MARK: - Doubts

    @Test(
        "what is not sure of cases and keys is said, and else nothing",
        .needs("eventlogs/receipt.csv"),
        arguments: [
            ("calls/sf_fire_calls_2020.csv", "it might also be Incident Number", nil),
            ("calls/montgomery_911_headerless.csv", noCase, noKey), ("eventlogs/running-example.csv", nil, noKey),
            ("eventlogs/servicenow_incident_event_log_6k.csv", nil, noKey), ("requests/nyc311_2018-06.csv", nil, nil),
            ("eventlogs/receipt.csv", nil, nil), ("outbreak/godata_followups.csv", nil, nil),
            ("outbreak/wuhan2020_city_counts_history.json", noCase, noKey), ("cap/noaa_errors.cap", nil, nil),
            ("cap/canada.cap", nil, nil), ("cap/weather_index.atom", nil, nil),
            ("ocel/recruiting-red.jsonocel", nil, nil),
        ] as [(String, String?, String?)]
    )
    func doubts(file: String, aboutCase: String?, aboutKey: String?) throws {
        var suggestion = try Suggestion(path: SharedData.path(file))
        suggestion.choose()
        #expect(suggestion.doubts["case"] == aboutCase)
        #expect(suggestion.doubts["key"] == aboutKey)
    }

    private static let noCase =
        "no column names a case, so each row is one of its own; if one does, name it: `case: COLUMN`"
    private static let noKey =
        "no column names single rows, so a row is known by its content, and a changed row counts as a new one"

    // MARK: - Other formats

    @Test("the shipped mapping of a format is named, where it fits", .needs("cap/canada.cap"))
    func shippedMappings() throws {
        for (file, name) in [
            ("cap/canada.cap", "cap"), ("cap/amber.atom", "cap"), ("cap/weather_index.atom", "cap-atom-index"),
            ("calls/portland_911_2017-02-28.atom.xml", "portland-911"), ("eventlogs/running-example.xes", "xes"),
            ("eventlogs/roadtraffic100traces.xes", "road-traffic-fines"),
            ("outbreak/godata_contacts.csv", "godata-contacts"), ("outbreak/godata_events.csv", "godata-events"),
            ("outbreak/godata_lab_results.csv", "godata-lab-results"),
            ("outbreak/godata_relationships.csv", "godata-relationships"),
        ] {
            let yaml = try Suggestion.text(for: SharedData.path(file))
            #expect(yaml.contains("# The shipped mapping \(name) fits this file too."), "\(file)")
        }
    }

    @Test("alerts are told apart by their identifiers, also within a feed", .needs("cap/amber.atom"))
    func alerts() throws {
        for file in ["canada.cap", "amber.atom", "noaa_errors.cap"] {
            let mapping = try Mapping(yaml: Suggestion.text(for: SharedData.path("cap/\(file)")))
            #expect(mapping.format.type == .cap, "\(file)")
            #expect(mapping.caseColumns == ["identifier"], "\(file)")
            #expect(mapping.keyColumns == ["identifier", "info.@index"], "\(file)")
        }
        let index = try Mapping(yaml: Suggestion.text(for: SharedData.path("cap/weather_index.atom")))
        #expect(index.format.type == .atom)
        #expect(index.caseColumns == ["id"])
        #expect(index.stages.map(\.column) == ["updated", "published", "cap:effective", "cap:expires"])
    }

    @Test(
        "notes of requests are the rows, and their kind is what was done",
        .needs("requests/chicago_open311_extended_2014.json")
    )
    func notes() throws {
        let path = SharedData.path("requests/chicago_open311_extended_2014.json")
        let mapping = try Mapping(yaml: Suggestion.text(for: path))
        #expect(mapping.format.rows == "notes")
        #expect(mapping.caseColumns == ["service_request_id"])
        #expect(mapping.activityColumn == "notes.type")
        #expect(mapping.atColumn == "notes.datetime")
    }

    @Test("an event log in XES has its usual columns", .needs("eventlogs/roadtraffic100traces.xes"))
    func eventLog() throws {
        let mapping = try Mapping(yaml: Suggestion.text(for: SharedData.path("eventlogs/roadtraffic100traces.xes")))
        #expect(mapping.format.type == .xes)
        #expect(mapping.caseColumns == ["case:concept:name"])
        #expect(mapping.keyColumns == ["case:concept:name", "@index"])
        #expect(mapping.activityColumn == "concept:name")
        #expect(mapping.atColumn == "time:timestamp")
    }
}
