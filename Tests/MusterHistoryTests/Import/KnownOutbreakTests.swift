import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Real tables of an outbreak by their shipped mappings: persons, exposures, events and samples.
@Suite("Known answers of real tables of an outbreak", .timeLimit(.minutes(20)))
struct KnownOutbreakTests {
    private func importing(_ file: String, _ mapping: String, into log: MemoryLog) async throws -> [ImportedRow] {
        let before = log.events.count
        let summary = try await Importer(log: log).run(
            input: SharedData.path("outbreak/\(file)"),
            mapping: Mapping.named(mapping),
            rejected: { row in Issue.record("line \(row.line), \(row.column ?? ""): \(row.reason.words.en)") }
        )
        #expect(summary.isComplete)
        #expect(summary.changed == 0)
        return try log.events.dropFirst(before).filter { $0.type == ImportEventType.row }.map { try ImportedRow($0) }
    }

    private func importing(_ file: String, _ mapping: String) async throws -> [ImportedRow] {
        try await importing(file, mapping, into: MemoryLog())
    }

    @Test("contacts in Go.Data", .needs("outbreak/godata_contacts.csv"))
    func contacts() async throws {
        let rows = try await importing("godata_contacts.csv", "godata-contacts")
        #expect(rows.count == 66)
        #expect(rows.cases.count == 66)
        #expect(
            rows.counts("status")
                == [
                    "UNDER_FOLLOW_UP": 31, "FOLLOW_UP_COMPLETED": 21, "LOST_TO_FOLLOW_UP": 6, "BECAME_CASE": 6,
                    "DIED": 2,
                ]
        )
        #expect(rows.count { $0.stages["follow-up-start"] == nil } == 10)
        #expect(rows.counts("age-class")["30-39"] == 13)
    }

    @Test("relationships in Go.Data", .needs("outbreak/godata_relationships.csv"))
    func relationships() async throws {
        let rows = try await importing("godata_relationships.csv", "godata-relationships")
        #expect(rows.count == 100)
        #expect(rows.cases.count == 87)
        #expect(rows.counts("source").count == 29)
        #expect(rows.counts("certainty") == ["3 - High": 97, "2 - Medium": 2, "1 - Low": 1])
        #expect(rows.counts("source-number")["CASE-2020-0001"] == 13)
    }

    @Test("events in Go.Data", .needs("outbreak/godata_events.csv"))
    func events() async throws {
        let rows = try await importing("godata_events.csv", "godata-events")
        #expect(rows.count == 7)
        #expect(rows.counts("region") == ["Brass island": 4, "Drums island": 2, "Woodwinds island": 1])
        #expect(rows.allSatisfy { $0.stages.count == 2 })
    }

    @Test("laboratory results in Go.Data", .needs("outbreak/godata_lab_results.csv"))
    func laboratory() async throws {
        let rows = try await importing("godata_lab_results.csv", "godata-lab-results")
        #expect(rows.count == 40)
        #expect(rows.cases.count == 39)
        let outcomes = rows.counts("outcome").map { ($0.key.split(separator: "_").last ?? "", $0.value) }
        #expect(
            Dictionary(uniqueKeysWithValues: outcomes) == ["POSITIVE": 27, "NEGATIVE": 2, "INCONCLUSIVE": 1]
        )
        #expect(rows.count { $0.stages["result"] != nil } == 2)
    }

    @Test(
        "one log holds the same persons as contacts, followed up, exposed, ill and tested",
        .needs("outbreak/godata_cases.csv")
    )
    func persons() async throws {
        let log = try MemoryLog()
        let contacts = try await importing("godata_contacts.csv", "godata-contacts", into: log).cases
        let followed = try await importing("godata_followups.csv", "godata-followups", into: log).cases
        let exposed = try await importing("godata_relationships.csv", "godata-relationships", into: log).cases
        let cases = try await importing("godata_cases.csv", "godata-cases", into: log).cases
        let tested = try await importing("godata_lab_results.csv", "godata-lab-results", into: log).cases
        #expect(followed.intersection(contacts).count == 42)
        #expect(exposed.intersection(contacts.union(cases)).count == 86)
        #expect(tested.intersection(cases).count == 39)
        #expect(try await LogReport.make(from: log).analysis.counts.rows == 699)
    }
}
