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
            at: "date_of_followup"
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

    private static let tables = [
        "calls/montgomery_911_headerless.csv", "calls/sf_fire_calls_2020.csv",
        "calls/sf_structure_fires_2017_small.csv",
        "requests/nyc311_2018-06.csv", "eventlogs/interval_event_log.csv", "eventlogs/receipt.csv",
        "eventlogs/running-example.csv", "eventlogs/servicenow_incident_event_log_6k.csv", "outbreak/godata_cases.csv",
        "outbreak/godata_contacts.csv", "outbreak/godata_events.csv", "outbreak/godata_followups.csv",
        "outbreak/godata_lab_results.csv", "outbreak/godata_relationships.csv", "outbreak/guatemala_followups_2020.csv",
    ]

    @Test(
        "every table is imported by what is suggested for it",
        .needs("eventlogs/receipt.csv"),
        arguments: tables.filter(SharedData.has)
    )
    func imports(file: String) async throws {
        let path = SharedData.path(file)
        let log = try MemoryLog()
        let mapping = try await Mapping(yaml: Suggestion.yaml(for: path))
        let summary = try await Importer(log: log).run(
            input: path,
            mapping: mapping,
            rejected: { row in print("\(file):\(row.line) \(row.column ?? ""): \(row.reason.words.en)") }
        )
        #expect(summary.rows > 0)
        #expect(summary.added == summary.rows - summary.rejected)
        #expect(summary.rejected * 50 <= summary.rows, "\(summary.rejects)")
    }

    @Test("a list of teams has no times, and is told so", .needs("outbreak/godata_teams.csv"))
    func teams() throws {
        let path = SharedData.path("outbreak/godata_teams.csv")
        #expect(
            throws: SuggestionError.noTimes(path: path, columns: ["uuid", "name", "user_id", "location_id"])
        ) { try Suggestion.text(for: path) }
    }

    private static let documents = [
        "calls/portland_911_2017-02-28.atom.xml", "requests/nyc311_2012_soda.json",
        "requests/chicago_open311_extended_2014.json", "eventlogs/roadtraffic100traces.xes",
        "eventlogs/running-example.xes", "ocel/ocel20_example.jsonocel", "ocel/ocel20_example.xmlocel",
        "ocel/ocel20_example.sqlite", "cap/weather.cap", "cap/earthquake.cap",
    ]

    @Test(
        "documents of other formats are imported by what is suggested for them",
        .needs("eventlogs/receipt.csv"),
        arguments: documents.filter(SharedData.has)
    )
    func importsDocuments(file: String) async throws {
        let path = SharedData.path(file)
        let log = try MemoryLog()
        let yaml = try await Suggestion.yaml(for: path)
        let mapping = try Mapping(yaml: yaml)
        let summary = try await Importer(log: log).run(
            input: path,
            mapping: mapping,
            rejected: { row in print("\(file):\(row.line) \(row.column ?? ""): \(row.reason.words.en)") }
        )
        #expect(summary.rows > 0)
        #expect(summary.added == summary.rows - summary.rejected)
        #expect(summary.rejected * 50 <= summary.rows, "\(summary.rejects)\n\(yaml)")
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
