import EventSourcing
import Foundation
import Records
import Testing

@testable import MusterHistory

@Suite("Analysis of a log", .timeLimit(.minutes(20)))
struct LogReadingTests {
    private static let yaml = """
        name: steps
        version: 1
        format: {type: csv}
        case: case
        key: id
        activity: activity
        at: at
        started: begun
        stages:
          ended: ended
        attributes:
          group: {column: group, type: choice}
          who: who
          area: area
          due: {column: due, type: time}
        agency: group
        resource: who
        place: area
        due: due
        report:
          late: [{stage: ended, due: due}]
        """

    private static let header = "id,case,activity,at,begun,ended,group,who,area,due\n"

    private static func row(
        _ id: Int,
        _ caseID: String,
        _ activity: String,
        minute: Int,
        group: String = "g",
        who: String = "w",
        area: String = "north",
        ended: String = "",
        due: String = ""
    ) -> String {
        let at = "2020-03-01T10:\(minute < 10 ? "0" : "")\(minute):00Z"
        return "\(id),\(caseID),\(activity),\(at),,\(ended),\(group),\(who),\(area),\(due)\n"
    }

    private func log(_ texts: String..., yaml: String = yaml) async throws -> MemoryLog {
        let log = try MemoryLog()
        for text in texts {
            let file = try TemporaryFile(text: text)
            _ = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping(yaml))
        }
        return log
    }

    private func analysis(
        _ log: MemoryLog,
        _ change: (inout AnalysisChoice) -> Void = { _ in }
    ) async throws -> HistoryAnalysis {
        var choice = AnalysisChoice()
        change(&choice)
        return try await LogReport.make(from: log, choice).analysis
    }

    @Test("rows that are activities are events, with their roles")
    func activities() async throws {
        let log = try await log(
            Self.header + Self.row(1, "A", "open", minute: 0, group: "grid", who: "Li")
                + Self.row(2, "A", "\"close, \"\"done\"\"\"", minute: 30, group: "fire", who: "Wu", area: "south")
        )
        let analysis = try await analysis(log)
        #expect(analysis.counts.events == 2)
        #expect(analysis.counts.cases == 1)
        #expect(Set(analysis.activities.map(\.label.name)) == ["open", "close, \"done\""])
        #expect(analysis.handovers?.handovers == 1)
        #expect(analysis.cases.durations.p50 == .seconds(1_800))
        #expect(Set(analysis.workload.resources.map(\.label.name)) == ["Li", "Wu"])
        #expect(Set(analysis.workload.places.map(\.label.name)) == ["north", "south"])
        #expect(analysis.source.rowWords?.en == "rows")
    }

    @Test("a case's due time counts once, however many rows say it")
    func caseClocks() async throws {
        let (late, due) = ("2020-03-02T10:00:00Z", "2020-03-01T20:00:00Z")
        let log = try await log(
            Self.header + Self.row(1, "A", "open", minute: 0, due: due)
                + Self.row(2, "A", "close", minute: 30, ended: late, due: due)
                + Self.row(3, "B", "open", minute: 5, due: due)
        )
        let report = try await LogReport.make(from: log)
        let onTime = try #require(report.analysis.onTime)
        #expect(onTime.all.closedLate == 1)
        #expect(onTime.all.all == 2)
        #expect(report.history.imports.first?.lateness.map(\.rows) == [1])
        #expect(report.history.imports.first?.lateness.map(\.late) == [1])
    }

    @Test("the last revision of a row counts; before it was recorded, the one before does")
    func revisions() async throws {
        let log = try await log(
            Self.header + Self.row(1, "A", "open", minute: 0) + Self.row(2, "A", "close", minute: 10),
            Self.header + Self.row(1, "A", "open", minute: 0) + Self.row(2, "A", "close", minute: 50)
        )
        #expect(log.events.count { $0.type.name == "RowImported" } == 3)
        let now = try await analysis(log)
        #expect(now.counts.events == 2)
        #expect(now.counts.rows == 2)
        #expect(now.cases.durations.p50 == .seconds(3_000))
        let revision = try #require(log.events.last { $0.type.name == "RowImported" })
        let before = try await analysis(log) {
            $0.asKnownAt = Timestamp(microseconds: revision.recordedAt.microseconds - 1)
        }
        #expect(before.cases.durations.p50 == .seconds(600))
        #expect(try await LogReport.make(from: log).history.imports.first?.rows == 2)
    }

    @Test("what had not happened yet is left out as true at an earlier time")
    func asTrueAt() async throws {
        let log = try await log(
            Self.header + Self.row(1, "A", "open", minute: 0) + Self.row(2, "A", "close", minute: 30)
        )
        let analysis = try await analysis(log) { $0.asTrueAt = Timestamp(rfc3339: "2020-03-01T10:15:00Z") }
        #expect(analysis.counts.events == 1)
        #expect(analysis.source.asOf == Timestamp(rfc3339: "2020-03-01T10:15:00Z"))
    }

    @Test(
        "filters choose whole cases",
        arguments: [
            (CaseFilter.agency("fire"), ["A"]), (.resource("Wu"), ["A"]), (.place("south"), ["A", "C"]),
            (.activity("close"), ["A", "B"]), (.attribute("group", "grid"), ["A", "B"]), (.agency("nobody"), []),
            (.period(from: PeriodBound("2020-03-01T10:05:00Z"), until: nil), ["B", "C"]),
            (.period(from: nil, until: PeriodBound("2020-03-01T10:05:00Z")), ["A"]),
            (.period(from: PeriodBound("2020-03-01"), until: PeriodBound("2020-03-02")), ["A", "B", "C"]),
            (.period(from: PeriodBound("2020-03-02"), until: nil), []),
        ]
    )
    func filters(filter: CaseFilter, expected: [String]) async throws {
        let log = try await log(
            Self.header + Self.row(1, "A", "open", minute: 0, group: "grid")
                + Self.row(2, "A", "close", minute: 30, group: "fire", who: "Wu", area: "south")
                + Self.row(3, "B", "open", minute: 5, group: "grid") + Self.row(4, "B", "close", minute: 6)
                + Self.row(5, "C", "open", minute: 7, area: "south")
        )
        let analysis = try await analysis(log) { $0.filters = [filter] }
        #expect(analysis.counts.cases == expected.count)
        #expect(analysis.counts.events == expected.reduce(0) { $0 + ["A": 2, "B": 2, "C": 1][$1, default: 0] })
        #expect(analysis.source.filters == [filter.words])
        #expect(analysis.command(.variants).contains(filter.arguments[0]))
    }

    @Test("two sides are compared")
    func sides() async throws {
        let rows = (0..<40).map { number in
            let area = number < 20 ? "north" : "south"
            return Self.row(number * 2, "\(number)", "open", minute: 0, area: area)
                + Self.row(number * 2 + 1, "\(number)", "close", minute: number < 20 ? 5 : 45, area: area)
        }
        let analysis = try await analysis(try await log(Self.header + rows.joined())) {
            $0.sides = [.place("north"), .place("south")]
        }
        let median = try #require(analysis.comparison?.measures.first)
        #expect(median.left == 300)
        #expect(median.right == 2_700)
        #expect(median.isClear)
        #expect(analysis.findings.first?.kind == .comparison)
    }

    @Test("stages of a row are events; impossible ones are counted and left out of durations")
    func stages() async throws {
        let log = try await log(
            Samples.header + Samples.row(1, case: 1, seconds: 60) + Samples.row(2, case: 1, seconds: 120)
                + "4,3,2020-03-01 10:00:00,2020-03-01 09:00:00,gas,5,,\n",
            yaml: Samples.yaml
        )
        let analysis = try await analysis(log)
        #expect(analysis.counts.events == 6)
        #expect(analysis.counts.rows == 3)
        #expect(analysis.counts.cases == 2)
        #expect(analysis.counts.impossibleRows == 1)
        let stage = try #require(analysis.stages.list.first)
        #expect(stage.all.count == 2)
        #expect(stage.all.maximum == .seconds(120))
        #expect(analysis.activities.map(\.label.words.en).contains("taken"))
        #expect(analysis.conformance?.isOfRows == true)
        #expect(analysis.conformance?.perfect == 2)
        #expect(analysis.bottlenecks.map(\.durations.count) == [2])
    }

    @Test("rows beside each other in a case do not hand over to each other")
    func unitsSideBySide() async throws {
        let yaml = Samples.yaml + "\nagency: kind\n"
        let log = try await log(
            Samples.header + Samples.row(1, case: 1, seconds: 60, kind: "fire")
                + Samples.row(2, case: 1, seconds: 900, kind: "gas"),
            yaml: yaml
        )
        let analysis = try await analysis(log)
        #expect(analysis.handovers?.handovers == 0)
        #expect(analysis.handovers?.casesOfSeveral == 1)
        let finding = try #require(analysis.findings.first { $0.kind == .waitsFor })
        #expect(finding.headline.en == "gas is waited for longest")
    }

    @Test("members in another order are read the same")
    func order() async throws {
        let log = try await log(Self.header + Self.row(1, "A", "open", minute: 0))
        let text =
            #"{"attributes":{"who":"W\u00fc","group":"g"},"stages":{"ended":"2020-03-01T11:00:00Z"},"activity":"x","#
            + #""key":"9","mapping":{"version":1,"name":"steps"},"row":3,"more":[{"a":[]},null,true]}"#
        _ = try await log.append(.row(text, stream: "case-A", seconds: 1_583_060_000))
        let analysis = try await analysis(log)
        #expect(analysis.counts.events == 2)
        #expect(analysis.workload.resources.map(\.label.name).contains("Wü"))
    }

    @Test(
        "what is no row is named by its position",
        arguments: [
            "", "{", "[]", #"{"stages":{}}"#, #"{"mapping":{"name":7}}"#, #"{"mapping":{"name":"steps"},"key":"a}"#,
        ]
    )
    func unreadable(text: String) async throws {
        let log = try await log(Self.header + Self.row(1, "A", "open", minute: 0))
        _ = try await log.append(.row(text, stream: "case-A", seconds: 0))
        let position = Position(Int64(log.events.count))
        let error = try await #require(throws: HistoryError.self) { try await LogReport.make(from: log) }
        #expect(error.description.hasPrefix("event \(position) (RowImported/1) cannot be read: "))
    }

    @Test("deep nesting is refused, not followed")
    func deep() throws {
        var scan = JSONScan(Array(repeating: UInt8(ascii: "["), count: 100_000))
        #expect(throws: Problems.self) { try scan.skip() }
    }

    @Test("tables are the same in CSV, JSON and text, and CSV runs no formula")
    func tables() async throws {
        let log = try await log(
            Self.header + Self.row(1, "A", "=open", minute: 0, group: "+g") + Self.row(2, "A", "close", minute: 30)
        )
        let report = try await LogReport.make(from: log)
        for query in ReportQuery.allCases {
            let table = report.analysis.table(query)
            #expect(table.rows.allSatisfy { $0.count == table.columns.count })
            #expect(table.csv(.en).split(separator: "\r\n").count >= 1 + (table.rows.isEmpty ? 0 : 1))
            var reader = JSONReader(table.json())
            try reader.skipValue()
            try reader.end()
            #expect(!table.text(.zh).isEmpty)
        }
        #expect(report.analysis.table(.activities).csv(.en).contains("'=open,"))
        var reader = JSONReader(report.json())
        let names = try reader.members().map(\.name)
        #expect(
            Set(["events", "cases", "activities", "variants", "rejected", "durations", "graph"]).isSubset(of: names)
        )
    }

    @Test("JSON holds every table that a query can name, row by row as the query gives it")
    func jsonTables() async throws {
        let rows = Self.row(1, "A", "open", minute: 0) + Self.row(2, "A", "close", minute: 5)
        let log = try await log(Self.header + rows)
        let report = try await LogReport.make(from: log)
        func json(_ bytes: [UInt8]) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        }
        let tables = try #require(try json(report.json())["tables"] as? [String: Any])
        #expect(Set(tables.keys) == Set(ReportQuery.allCases.map(\.rawValue)))
        for query in ReportQuery.allCases {
            let rows = try #require(try json(report.analysis.table(query).json())["rows"] as? NSArray)
            #expect(tables[query.rawValue] as? NSArray == rows, "\(query.rawValue)")
        }
    }

    @Test("what is written about reports names every table")
    func documented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../schemas/report.md")
        let text = try String(contentsOf: root, encoding: .utf8)
        for query in ReportQuery.allCases { #expect(text.contains("`\(query.rawValue)`"), "\(query.rawValue)") }
    }
}

extension Append {
    fileprivate static func row(_ text: String, stream: String, seconds: Int64) -> Append {
        Append(
            command: ImportID.row(mapping: "test", key: Array(text.utf8)),
            occurredAt: Timestamp(microseconds: seconds * 1_000_000),
            metadata: Array("{}".utf8),
            writes: [
                StreamWrite(
                    stream: StreamName(stored: stream),
                    expected: .any,
                    events: [NewEvent(type: ImportEventType.row, data: Array(text.utf8))]
                )
            ]
        )
    }
}
