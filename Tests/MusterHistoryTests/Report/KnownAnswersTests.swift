import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Real files, and what an independent program found in them.
@Suite("Known answers of real files", .timeLimit(.minutes(20)))
struct KnownAnswersTests {
    private static let fireCalls = "calls/sf_fire_calls_2020.csv"
    private static let requests = "requests/nyc311_2018-06.csv"

    private struct Outcome {
        let summary: ImportSummary
        let log: LogReport
        let rows: MappingReport
        let imported: [ImportedRow]

        func interval(_ from: String, _ to: String) throws -> IntervalReport {
            try #require(rows.intervals.first { $0.from == from && $0.to == to })
        }

        func counts(_ attribute: String) throws -> [String: Int] {
            let count = try #require(rows.counts.first { $0.attribute == attribute })
            return Dictionary(uniqueKeysWithValues: count.values.map { ($0.value, $0.rows) })
        }
    }

    private func importing(_ file: String, _ mapping: String) async throws -> Outcome {
        let log = try MemoryLog()
        let summary = try await Importer(log: log).run(
            input: SharedData.path(file),
            mapping: Mapping.named(mapping),
            rejected: { row in Issue.record("line \(row.line), \(row.column ?? ""): \(row.reason.words.en)") }
        )
        let report = try await LogReport.make(from: log)
        return Outcome(
            summary: summary,
            log: report,
            rows: try #require(report.history.imports.first),
            imported: try ImportedRow.all(in: log)
        )
    }

    @Test("San Francisco fire calls 2020", .needs(fireCalls))
    func sanFrancisco() async throws {
        let outcome = try await importing(Self.fireCalls, "sf-fire-calls")
        #expect(outcome.summary.added == 10_410)
        #expect(outcome.summary.duplicates == 0)
        #expect(outcome.summary.negativeIntervals == 0)
        #expect(outcome.rows.rows == 10_410)
        #expect(outcome.rows.cases == 5_292)
        #expect(outcome.imported.span(in: "America/Los_Angeles") == ["2020-04-07", "2020-04-20"])
        #expect(outcome.rows.caseSizes?.several == 3_034)
        #expect(outcome.rows.caseSizes?.largest == MappingReport.LargestCase(id: "201053540", rows: 16))
        #expect(try outcome.counts("priority") == ["3": 7_610, "2": 2_800])
        let onScene = try outcome.interval("received", "on-scene")
        #expect(onScene.durations.count == 8_694)
        #expect(onScene.missing == 1_716)
        #expect(onScene.durations.median == .seconds(446))
        #expect(onScene.durations.percentile(90) == .seconds(1_055))
        #expect(try outcome.interval("received", "dispatched").durations.median == .seconds(111))
        #expect(outcome.rows.intervals.allSatisfy { $0.negative == 0 })
    }

    @Test("New York City 311 requests 2018-06", .needs(requests))
    func newYork() async throws {
        let outcome = try await importing(Self.requests, "nyc-311")
        #expect(outcome.summary.added == 1_000)
        #expect(outcome.summary.negativeIntervals == 10)
        #expect(outcome.rows.rows == 1_000)
        #expect(outcome.imported.span(in: "America/New_York") == ["2014-05-10", "2019-09-08"])
        #expect(
            try outcome.counts("status") == [
                "Closed": 969, "Pending": 14, "Open": 7, "In Progress": 5, "Assigned": 4, "Email Sent": 1,
            ]
        )
        let agencies = try outcome.counts("agency")
        #expect(["NYPD", "HPD", "DSNY", "DOT", "DEP"].map { agencies[$0] } == [347, 159, 135, 119, 75])
        #expect(try outcome.interval("created", "closed").negative == 10)
        let lateness = try #require(outcome.rows.lateness.first)
        #expect(lateness.rows == 479)
        #expect(lateness.late == 52)
    }

    @Test("the text and the JSON of a real report hold the known figures", .needs(requests))
    func figuresAreShown() async throws {
        let report = try await importing(Self.requests, "nyc-311").log
        let text = report.text(.en)
        for figure in ["1,000", "969", "479", "52", "347"] {
            #expect(text.contains(" \(figure)\n") || text.contains(" \(figure) "))
        }
        let json = String(decoding: report.json(), as: UTF8.self)
        #expect(json.contains(#"{"stage":"closed","due":"due","rows":479,"late":52}"#))
        #expect(json.contains(#"{"from":"created","to":"closed","rows":976,"missing":14,"negative":10,"#))
    }
}
