import EventSourcing
import Foundation
import Records
import Testing

@testable import MusterHistory

/// Real event logs, and what an independent program found in them.
@Suite("Known analyses of real files", .timeLimit(.minutes(20)))
struct KnownAnalysisTests {
    private static let receipt = "eventlogs/receipt.csv"
    private static let fines = "eventlogs/roadtraffic100traces.xes"
    private static let incidents = "eventlogs/servicenow_incident_event_log_6k.csv"
    private static let fireCalls = "calls/sf_fire_calls_2020.csv"
    private static let requests = "requests/nyc311_2018-06.csv"

    private func importing(_ file: String, _ mapping: Mapping) async throws -> MemoryLog {
        let log = try MemoryLog()
        _ = try await Importer(log: log).run(
            input: SharedData.path(file),
            mapping: mapping,
            rejected: { row in Issue.record("line \(row.line), \(row.column ?? ""): \(row.reason.words.en)") }
        )
        return log
    }

    @Test("the receipt phase of a municipality's permits", .needs(receipt))
    func permits() async throws {
        let log = try await importing(Self.receipt, Mapping.named("receipt-phase"))
        let analysis = try await LogReport.make(from: log).analysis
        #expect(analysis.counts.events == 8_577)
        #expect(analysis.counts.cases == 1_434)
        #expect(analysis.counts.activities == 27)
        #expect(analysis.counts.variants == 116)
        #expect(analysis.variants.list.first?.cases == 713)
        #expect(abs(analysis.cases.durations.p50 / .seconds(1) - 2_868.6) < 0.05)
        let tally = try #require(analysis.onTime?.all)
        #expect(tally.closed == 1_329)
        #expect(tally.closedLate == 377)
        #expect(analysis.handovers?.agencies.count == 10)
        #expect(analysis.workload.resourceFairness?.workers == 48)
        // Where time is lost and who waits for whom are the first two things that are said.
        #expect(analysis.findings.prefix(2).map(\.kind) == [.bottleneck, .waitsFor])
    }

    @Test("a hundred road traffic fines", .needs(fines))
    func roadTraffic() throws {
        let text = try String(contentsOfFile: SharedData.path(Self.fines), encoding: .utf8)
        var events: [LogTables.Event] = []
        var (trace, isInEvent, name) = (0, false, "")
        func value(_ line: Substring) -> String {
            String(line.split(separator: "\"", omittingEmptySubsequences: false).dropFirst(3).first ?? "")
        }
        for line in text.split(separator: "\n") {
            if line.contains("<trace>") { trace += 1 }
            if line.contains("<event>") { isInEvent = true }
            if line.contains("</event>") { isInEvent = false }
            guard isInEvent else { continue }
            if line.contains("key=\"concept:name\"") { name = value(line) }
            if line.contains("key=\"time:timestamp\""), let time = Timestamp(rfc3339: value(line)) {
                events.append(.init(caseID: "\(trace)", activity: "", time: time.microseconds / 1_000_000))
            }
            if let last = events.indices.last, events[last].caseID == "\(trace)", !name.isEmpty,
                events[last].activity.isEmpty
            {
                events[last].activity = name
                name = ""
            }
        }
        let analysis = try LogTables.analysis(LogTables.columns(events))
        #expect(analysis.counts.cases == 100)
        #expect(analysis.counts.events == 390)
        #expect(analysis.counts.variants == 10)
        let first = try #require(analysis.variants.list.first)
        #expect(first.cases == 36)
        #expect(
            first.activities.map { analysis.activities[$0].label.name } == [
                "Create Fine", "Send Fine", "Insert Fine Notification", "Add penalty", "Send for Credit Collection",
            ]
        )
    }

    private static let incidentMapping = """
        name: incidents
        version: 1
        format: {type: csv}
        time:
          zone: UTC
          formats: ["dd-MM-yyyy HH:mm"]
        null-words: ["?"]
        case: number
        activity: incident_state
        at: sys_updated_at
        attributes:
          group: assignment_group
          made-sla: {column: made_sla, type: choice}
          reassigned: {column: reassignment_count, type: integer}
          reopened: {column: reopen_count, type: integer}
        agency: group
        """

    @Test("incidents of a help desk: reassigned, reopened, service level missed", .needs(incidents))
    func helpDesk() async throws {
        let log = try await importing(Self.incidents, Mapping(yaml: Self.incidentMapping))
        func cases(_ filters: [CaseFilter]) async throws -> Int {
            var found: Set<Int> = []
            for filter in filters {
                var choice = AnalysisChoice()
                choice.filters = [filter]
                let columns = try await LogReading.read(log, choice).columns
                let chosen = columns.chosen(by: filter, marks: [filter], zone: "UTC", in: PlaceTree())
                found.formUnion(chosen.indices.filter { chosen[$0] })
            }
            return found.count
        }
        #expect(try await LogReport.make(from: log).analysis.counts.cases == 890)
        #expect(try await LogReport.make(from: log).analysis.counts.events == 5_998)
        #expect(try await cases([.attribute("made-sla", "FALSE")]) == 395)
        #expect(try await cases((1...27).map { .attribute("reassigned", "\($0)") }) == 391)
        #expect(try await cases((1...8).map { .attribute("reopened", "\($0)") }) == 10)
    }

    @Test("fire calls: stages row by row, with their percentiles", .needs(fireCalls))
    func fire() async throws {
        let log = try await importing(Self.fireCalls, Mapping.named("sf-fire-calls"))
        let analysis = try await LogReport.make(from: log).analysis
        #expect(analysis.counts.cases == 5_292)
        #expect(analysis.counts.rows == 10_410)
        let onScene = try #require(
            analysis.stages.list.first { $0.from.name == "received" && $0.to.name == "on-scene" }
        )
        #expect(onScene.all.count == 8_694)
        #expect(onScene.missing == 1_716)
        #expect(onScene.all.p50 == .seconds(446))
        #expect(onScene.all.p90 == .seconds(1_055))
        #expect(onScene.impossible == 0)
        let dispatched = analysis.stages.list.first { $0.from.name == "received" && $0.to.name == "dispatched" }
        #expect(dispatched?.all.p50 == .seconds(111))
        // The whole way is not a bottleneck beside its own parts.
        #expect(!analysis.bottlenecks.contains { $0.from.name == "received" && $0.to.name == "on-scene" })
    }

    @Test("service requests of New York: late ones and impossible ones", .needs(requests))
    func newYork() async throws {
        let log = try await importing(Self.requests, Mapping.named("nyc-311"))
        let analysis = try await LogReport.make(from: log).analysis
        #expect(analysis.counts.cases == 1_000)
        #expect(analysis.counts.impossibleRows == 10)
        let tally = try #require(analysis.onTime?.all)
        #expect(tally.closed == 479)
        #expect(tally.closedLate == 52)
        #expect(analysis.findings.contains { $0.kind == .impossible && $0.headline.en.hasPrefix("10 ") })
    }
}
