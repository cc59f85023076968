import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Real CSV files by their shipped mappings, and what an independent program found in them.
@Suite("Known answers of real tables", .timeLimit(.minutes(20)))
struct KnownTablesTests {
    private func rows(of file: String, _ mapping: String) async throws -> [ImportedRow] {
        let log = try MemoryLog()
        let summary = try await Importer(log: log).run(
            input: SharedData.path(file),
            mapping: Mapping.named(mapping),
            rejected: { row in Issue.record("line \(row.line), \(row.column ?? ""): \(row.reason.words.en)") }
        )
        #expect(summary.isComplete)
        #expect(summary.changed == 0)
        return try ImportedRow.all(in: log)
    }

    @Test("San Francisco structure fires", .needs("calls/sf_structure_fires_2017_small.csv"))
    func structureFires() async throws {
        let rows = try await rows(of: "calls/sf_structure_fires_2017_small.csv", "sf-fire-calls")
        #expect(rows.count == 865)
        #expect(rows.cases.count == 173)
    }

    @Test(
        "Montgomery County 911 calls, which have no header and no number",
        .needs("calls/montgomery_911_headerless.csv")
    )
    func montgomery() async throws {
        let rows = try await rows(of: "calls/montgomery_911_headerless.csv", "montgomery-911")
        #expect(rows.count == 3_051)
        #expect(rows.cases.count == 3_051)
        #expect(rows.counts("category") == ["Traffic": 1_545, "EMS": 1_155, "Fire": 351])
        #expect(rows.counts("township")["LOWER MERION"] == 276)
        #expect(rows.allSatisfy { $0.attributes["call-type"] != nil })
        #expect(rows.map(\.occurredAt).min()?.rfc3339 == "2016-01-15T17:01:00Z")
        #expect(rows.span(in: "America/New_York") == ["2016-01-15", "2018-11-15"])
    }

    @Test("the receipt phase of permits", .needs("eventlogs/receipt.csv"))
    func receipt() async throws {
        let rows = try await rows(of: "eventlogs/receipt.csv", "receipt-phase")
        #expect(rows.count == 8_577)
        #expect(rows.cases.count == 1_434)
        #expect(Set(rows.compactMap(\.activity)).count == 27)
        #expect(rows.counts("group").count == 10)
        #expect(rows.counts("resource").count == 48)
        let ended = rows.cases { $0.stages["ended"] != nil }
        #expect(ended.count == 1_329)
        let late = try rows.filter { row in
            guard let end = row.stages["ended"], let due = row.attributes["deadline"] else { return false }
            return try #require(Timestamp(rfc3339: end)) > #require(Timestamp(rfc3339: due))
        }
        #expect(late.cases.count == 377)
        #expect(rows.first?.occurredAt.rfc3339 == "2011-10-11T11:45:40.276000Z")
    }

    @Test("the running example", .needs("eventlogs/running-example.csv"))
    func runningExample() async throws {
        let rows = try await rows(of: "eventlogs/running-example.csv", "running-example")
        #expect(rows.count == 42)
        #expect(rows.cases.count == 6)
        #expect(rows.counts("resource")["Sara"] == 12)
    }

    @Test("a log of activities with beginning and end", .needs("eventlogs/interval_event_log.csv"))
    func intervals() async throws {
        let rows = try await rows(of: "eventlogs/interval_event_log.csv", "interval-log")
        #expect(rows.count == 8_109)
        #expect(rows.cases.count == 1_266)
        #expect(rows.count(where: { $0.activity == "pay" }) == 1_125)
        #expect(rows.allSatisfy { $0.started != nil })
    }

    @Test("incidents of a service desk", .needs("eventlogs/servicenow_incident_event_log_6k.csv"))
    func serviceDesk() async throws {
        let rows = try await rows(of: "eventlogs/servicenow_incident_event_log_6k.csv", "servicenow-incidents")
        #expect(rows.count == 5_998)
        #expect(rows.cases.count == 890)
        #expect(rows.cases { $0.attributes["reassigned"] != "0" }.count == 391)
        #expect(rows.cases { $0.attributes["reopened"] != "0" }.count == 10)
        #expect(rows.cases { $0.attributes["made-sla"] == "FALSE" }.count == 395)
        #expect(rows.count(where: { $0.activity == "Awaiting User Info" }) == 910)
        #expect(rows.first?.occurredAt.rfc3339 == "2016-02-29T01:23:00Z")
    }

    @Test("follow-ups of contacts in Go.Data", .needs("outbreak/godata_followups.csv"))
    func followUps() async throws {
        let rows = try await rows(of: "outbreak/godata_followups.csv", "godata-followups")
        #expect(rows.count == 437)
        #expect(
            rows.counts("status")
                == ["NOT_PERFORMED": 326, "SEEN_OK": 90, "MISSED": 10, "SEEN_NOT_OK": 6, "NOT_ATTEMPTED": 5]
        )
        // The known 41 are the texts of contact_id, of which one is none: seven rows of two contacts have no number. By
        // their own ids there are 42.
        let numbers = rows.map { $0.attributes["contact"] }
        #expect(Set(numbers).count == 41)
        #expect(numbers.count { $0 == nil } == 7)
        #expect(rows.cases { $0.attributes["contact"] == nil }.count == 2)
        #expect(rows.cases.count == 42)
        #expect(rows.map(\.occurredAt).min()?.rfc3339 == "2020-06-01T00:00:00Z")
        #expect(rows.map(\.occurredAt).max()?.rfc3339 == "2020-09-05T00:00:00Z")
    }

    @Test("cases of an outbreak in Go.Data", .needs("outbreak/godata_cases.csv"))
    func cases() async throws {
        let rows = try await rows(of: "outbreak/godata_cases.csv", "godata-cases")
        #expect(rows.count == 56)
        #expect(rows.counts("classification")["CONFIRMED"] == 31)
        #expect(rows.count(where: { $0.stages["onset"] != nil }) == 51)
    }

    @Test("follow-ups in Guatemala, after a byte order mark", .needs("outbreak/guatemala_followups_2020.csv"))
    func guatemala() async throws {
        let rows = try await rows(of: "outbreak/guatemala_followups_2020.csv", "guatemala-followups")
        #expect(rows.count == 11_112)
        #expect(rows.counts("status").count == 6)
        #expect(rows.counts("status")["Visto, esta bien (sin síntomas)"] == 7_495)
        // 19:01:23 of the day before in Guatemala.
        #expect(rows.map(\.occurredAt).min()?.rfc3339 == "2020-08-14T01:01:23Z")
        #expect(rows.span(in: "America/Guatemala") == ["2020-08-13", "2020-12-23"])
    }
}
