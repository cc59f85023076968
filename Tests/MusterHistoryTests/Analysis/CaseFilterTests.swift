import EventSourcing
import Testing

@testable import MusterHistory

@Suite("Filters of cases")
struct CaseFilterTests {
    @Test(
        "a period is read from FROM..UNTIL, and written as it was read",
        arguments: [
            ("2020-04-01..2020-05-01", "2020-04-01", "2020-05-01"), ("2020-04-01..", "2020-04-01", nil),
            ("..2020-05-01T08:00:00Z", nil, "2020-05-01T08:00:00Z"),
            ("2020-04-01T08:00:00+08:00..2020-05-01", "2020-04-01T00:00:00Z", "2020-05-01"),
        ] as [(String, String?, String?)]
    )
    func period(text: String, from: String?, until: String?) throws {
        let filter = try #require(CaseFilter(text))
        #expect(filter == .period(from: from.flatMap { PeriodBound($0) }, until: until.flatMap { PeriodBound($0) }))
        #expect(CaseFilter(filter.text) == filter)
        #expect(filter.arguments == (from.map { ["--since", $0] } ?? []) + (until.map { ["--until", $0] } ?? []))
    }

    @Test(
        "what is no side is refused",
        arguments: [
            "", "..", "2020-04-01", "april..may", "2020-04-01..may", "2020-02-30..2020-03-01", "=fire", "fire",
        ]
    )
    func refused(text: String) { #expect(CaseFilter(text) == nil) }

    @Test(
        "other sides are a name and a value",
        arguments: [
            ("agency=Fire", CaseFilter.agency("Fire")), ("resource=E 03", .resource("E 03")),
            ("place=north=south", .place("north=south")), ("activity=", .activity("")),
            ("kind=a..b", .attribute("kind", "a..b")),
        ]
    )
    func sides(text: String, filter: CaseFilter) {
        #expect(CaseFilter(text) == filter)
        #expect(filter.text == text)
    }

    @Test("two periods are compared, by the midnights of their place")
    func periods() async throws {
        let yaml = """
            name: calls
            version: 1
            format: {type: csv}
            time: {zone: America/New_York, formats: ["yyyy-MM-dd HH:mm"]}
            case: id
            stages: {taken: taken, done: done}
            """
        // Calls of the first month take 10 minutes, those of the second 30.
        var rows = "id,taken,done\n"
        for day in 1...28 {
            let date = day < 10 ? "0\(day)" : "\(day)"
            rows += "a\(day),2020-04-\(date) 23:30,2020-04-\(date) 23:4\(day % 2)\n"
            rows += "b\(day),2020-05-\(date) 00:10,2020-05-\(date) 00:4\(day % 2)\n"
        }
        let log = try MemoryLog()
        let file = try TemporaryFile(text: rows)
        _ = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping(yaml))
        var choice = AnalysisChoice()
        choice.sides = ["2020-04-01..2020-05-01", "2020-05-01..2020-06-01"].compactMap { CaseFilter($0) }
        let analysis = try await LogReport.make(from: log, choice).analysis
        let comparison = try #require(analysis.comparison)
        #expect(comparison.leftCases == 28)
        #expect(comparison.rightCases == 28)
        let median = try #require(comparison.measures.first)
        #expect(median.left == 630)
        #expect(median.right == 1_830)
        #expect(median.isClear)
        #expect(analysis.source.arguments == "test --compare 2020-04-01..2020-05-01 --with 2020-05-01..2020-06-01")
    }
}
