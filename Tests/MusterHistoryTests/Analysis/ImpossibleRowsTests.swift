import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Rows in which a later step has an earlier time: which they are, and where they stand.
@Suite("Impossible rows", .timeLimit(.minutes(20)))
struct ImpossibleRowsTests {
    private func report(
        _ text: String,
        _ yaml: String = Samples.yaml,
        again: String? = nil,
        choice: AnalysisChoice = AnalysisChoice()
    ) async throws -> LogReport {
        let log = try MemoryLog()
        for text in [text, again].compactMap(\.self) {
            let file = try TemporaryFile(text: text)
            _ = try await Importer(log: log).run(input: file.path, mapping: Mapping(yaml: yaml))
        }
        return try await LogReport.make(from: log, choice)
    }

    @Test("are listed with case, steps, times, file and line")
    func listed() async throws {
        let rows = try await report(
            Samples.header + Samples.row(1, case: 7) + "3,9,2020-03-01 10:00:00,2020-03-01 09:59:59,fire,2,,\n"
        ).analysis.impossible
        let row = try #require(rows.first)
        #expect(rows.count == 1)
        #expect(row.caseID == "9")
        #expect([row.to.name, row.from.name] == ["done", "taken"])
        #expect(row.toTime.rfc3339 == "2020-03-01T14:59:59Z")
        #expect(row.fromTime.rfc3339 == "2020-03-01T15:00:00Z")
        #expect(row.file == "rows.csv")
        #expect(row.line == 3)
    }

    @Test("stand in a table of their own, under the words of their steps")
    func table() async throws {
        let text = Samples.header + "3,9,2020-03-01 10:00:00,2020-03-01 09:59:59,fire,2,,\n"
        let table = try await report(text).analysis.table(.impossible)
        #expect(table.csv(.zh).contains("9,done,2020-03-01T14:59:59Z,接报,2020-03-01T15:00:00Z,rows.csv,2"))
        #expect(table.note == nil)
    }

    @Test("that came again with possible times are impossible no more, and filters leave others out")
    func replaced() async throws {
        let wrong = (1...2).map { "\($0),\($0),2020-03-01 10:00:00,2020-03-01 09:00:00,fire,2,,\n" }.joined()
        let mended = Samples.header + Samples.row(1, case: 1)
        let analysis = try await report(Samples.header + wrong, again: mended).analysis
        #expect(analysis.impossible.map(\.caseID) == ["2"])
        #expect(analysis.counts.impossibleRows == 1)
        var choice = AnalysisChoice()
        choice.filters = [.attribute("note", "this")]
        let filtered = try await report(
            Samples.header + wrong + "3,3,2020-03-01 10:00:00,2020-03-01 09:00:00,fire,2,,this\n",
            choice: choice
        ).analysis
        #expect(filtered.impossible.map(\.caseID) == ["3"])
    }

    @Test("are found between each stage and the next where a mapping names no intervals")
    func withoutIntervals() async throws {
        let yaml = """
            name: calls
            version: 1
            format: {type: csv}
            time: {zone: UTC, formats: [yyyy-MM-dd]}
            case: Id
            stages: {a: A, b: B, c: C}
            """
        let file = try TemporaryFile(
            text: "Id,A,B,C\n1,2020-01-01,2020-01-02,2020-01-03\n2,2020-01-02,2020-01-01,2020-01-03\n"
                + "3,2020-01-03,,2020-01-01\n"
        )
        let log = try MemoryLog()
        let summary = try await Importer(log: log).run(input: file.path, mapping: Mapping(yaml: yaml))
        #expect(summary.negativeIntervals == 1)
        let analysis = try await LogReport.make(from: log).analysis
        #expect(analysis.impossible.map(\.line) == [3])
        #expect(analysis.counts.impossibleRows == 1)
    }

    @Test("are activities too that ended before they were begun")
    func activities() async throws {
        let yaml = """
            name: steps
            version: 1
            format: {type: csv}
            time: {zone: UTC, formats: [yyyy-MM-dd]}
            case: Case
            activity: Step
            at: Done
            started: Begun
            """
        let text = "Case,Step,Begun,Done\n1,pay,2020-01-01,2020-01-02\n2,pay,2020-01-03,2020-01-02\n"
        let analysis = try await report(text, yaml).analysis
        #expect(analysis.impossible.map(\.caseID) == ["2"])
        #expect(analysis.impossible.map(\.to.name) == ["pay"])
        #expect(analysis.counts.impossible.map(\.rows) == [1])
        #expect(analysis.findings.contains { $0.kind == .impossible })
    }

    @Test(
        "of real requests are the ten that were closed before they were created",
        .needs("requests/nyc311_2018-06.csv")
    )
    func requests() async throws {
        let log = try MemoryLog()
        _ = try await Importer(log: log).run(
            input: SharedData.path("requests/nyc311_2018-06.csv"),
            mapping: Mapping.named("nyc-311")
        )
        let rows = try await LogReport.make(from: log).analysis.impossible
        #expect(rows.count == 10)
        #expect(Set(rows.map(\.caseID)).count == 10)
        #expect(rows.allSatisfy { $0.toTime < $0.fromTime && $0.to.name == "closed" && $0.line > 1 })
        #expect(rows.map(\.line) == rows.map(\.line).sorted())
    }
}
