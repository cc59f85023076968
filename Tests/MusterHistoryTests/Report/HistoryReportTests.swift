import EventSourcing
import Records
import Testing

@testable import MusterHistory

@Suite("History report", .timeLimit(.minutes(20)))
struct HistoryReportTests {
    private func report(of text: String, mapping: Mapping? = nil) async throws -> HistoryReport {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: text)
        _ = try await Importer(log: log).run(input: file.path, mapping: try mapping ?? Samples.mapping())
        return try await HistoryReport.make(from: log)
    }

    private func wholeReport(of text: String) async throws -> LogReport {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: text)
        _ = try await Importer(log: log).run(input: file.path, mapping: try Samples.mapping())
        return try await LogReport.make(from: log)
    }

    private static let rows =
        Samples.header + Samples.row(1, case: 1, seconds: 30) + Samples.row(2, case: 1, seconds: 90, kind: "gas")
        + Samples.row(3, case: 2, seconds: 60)
        + "4,3,2020-03-01 10:00:00,2020-03-01 09:00:00,gas,5,2020-03-01 08:00:00,\n"
        + "5,3,2020-03-01 10:00:00,,,,2020-03-01 08:00:00,\n"

    @Test("rows, cases and their sizes are counted")
    func counts() async throws {
        let imports = try #require(try await report(of: Self.rows).imports.first)
        #expect(imports.rows == 5)
        #expect(imports.cases == 3)
        #expect(imports.caseSizes?.several == 2)
        #expect(imports.caseSizes?.largest == MappingReport.LargestCase(id: "1", rows: 2))
    }

    @Test("values are counted, the most frequent first, and missing ones apart")
    func values() async throws {
        let count = try #require(try await report(of: Self.rows).imports.first?.counts.first)
        #expect(count.values.map(\.value) == ["fire", "gas"])
        #expect(count.values.map(\.rows) == [2, 2])
        #expect(count.missing == 1)
    }

    @Test("stages are timed; missing and negative ones are counted apart")
    func intervals() async throws {
        let interval = try #require(try await report(of: Self.rows).imports.first?.intervals.first)
        #expect(interval.durations.count == 3)
        #expect(interval.durations.median == .seconds(60))
        #expect(interval.durations.percentile(90) == .seconds(90))
        #expect(interval.missing == 1)
        #expect(interval.negative == 1)
    }

    @Test("lateness counts rows with both times")
    func lateness() async throws {
        let lateness = try #require(try await report(of: Self.rows).imports.first?.lateness.first)
        #expect(lateness.rows == 1)
        #expect(lateness.late == 1)
    }

    @Test("the latest text of a mapping decides what is reported")
    func latestMapping() async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Self.rows)
        _ = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping())
        let later = try Samples.mapping(Samples.yaml.replacing("counts: [kind, hands]", with: "counts: [hands]"))
        _ = try await Importer(log: log).run(input: file.path, mapping: later)
        let imports = try await HistoryReport.make(from: log).imports
        #expect(imports.count == 1)
        #expect(imports.first?.rows == 5)
        #expect(imports.first?.counts.map(\.attribute) == ["hands"])
    }

    @Test("a file that was not imported to its end says so")
    func unfinishedFile() async throws {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: Self.rows)
        log.fail(afterCalls: 2)
        await #expect(throws: ImportError.self) {
            try await Importer(log: log, retries: AppendRetries(maximumTries: 1), now: { Timestamp(microseconds: 0) })
                .run(input: file.path, mapping: Samples.mapping())
        }
        let report = try await LogReport.make(from: log)
        #expect(report.history.imports.first?.files.first?.rows == nil)
        #expect(report.text(.en).contains("not finished"))
    }

    @Test("an empty log has a report that says so")
    func emptyLog() async throws {
        let report = try await LogReport.make(from: MemoryLog())
        #expect(report.text(.en) == "Log test, history\nIt holds no events yet.\n")
        let json = String(decoding: report.json(), as: UTF8.self)
        #expect(
            json.hasPrefix(
                #"{"log":"test","mode":"history","position":0,"events":0,"cases":0,"activities":0,"variants":0,"#
                    + #""rejected":0,"impossible":0,"durations":{"p10":null,"p50":null,"p90":null,"p99":null,"#
                    + #""max":null,"total":null},"graph":[],"findings":[],"#
            )
        )
        #expect(json.contains(#""firstOccurredAt":null,"lastOccurredAt":null,"types":[],"imports":[],"whistles":null"#))
    }

    @Test("the JSON of a report is JSON", arguments: [HistoryReportTests.rows, Samples.header])
    func json(rows: String) async throws {
        var reader = JSONReader(try await wholeReport(of: rows).json())
        try reader.skipValue()
        try reader.end()
    }

    @Test("columns of the text line up in both languages", arguments: Language.allCases)
    func text(language: Language) async throws {
        let text = try await wholeReport(of: Self.rows).text(language)
        let lines = text.split(separator: "\n").filter { $0.contains("fire") || $0.contains("gas") }
        #expect(lines.count == 2)
        #expect(Set(lines.map { TextTable.width(String($0)) }).count == 1)
    }

    @Test("an event that is not what its type says is named by its position")
    func unreadableEvent() async throws {
        let log = try MemoryLog()
        _ = try await log.append(.sample("RowImported", stream: "case-1", #"{"stages":7}"#))
        let error = try await #require(throws: HistoryError.self) { try await HistoryReport.make(from: log) }
        #expect(error.description.hasPrefix("event 1 (RowImported/1) cannot be read: "))
    }

    @Test("whistles are timed for each department called")
    func whistles() async throws {
        let log = try MemoryLog(mode: .live)
        let events: [(String, Int64, String)] = [
            ("WhistleBlown", 0, #"{"matter":"m1","round":1,"departments":["fire","police"],"lead":"fire"}"#),
            ("WhistleAccepted", 60, #"{"matter":"m1","round":1,"department":"fire"}"#),
            ("WhistleAccepted", 180, #"{"matter":"m1","round":1,"department":"police"}"#),
            ("DepartmentArrived", 660, #"{"matter":"m1","round":1,"department":"fire"}"#),
            ("DepartmentNoShow", 700, #"{"matter":"m1","round":1,"department":"police","step":"on-scene"}"#),
            ("ActionCompleted", 960, #"{"matter":"m1","round":1,"department":"fire","text":"clear"}"#),
        ]
        for (name, seconds, data) in events {
            _ = try await log.append(.sample(name, stream: "matter-m1", data, at: seconds))
        }
        let whistles = try #require(try await HistoryReport.make(from: log).whistles)
        #expect(whistles.whistles == 1)
        #expect(whistles.calls == 2)
        #expect(whistles.noShows == 1)
        #expect(whistles.intervals.map(\.to) == ["accepted", "on-scene", "done", "done"])
        let medians = whistles.intervals.map(\.durations.median)
        #expect(medians == [.seconds(120), .seconds(600), .seconds(300), .seconds(960)])
        #expect(whistles.intervals.map(\.missing) == [0, 1, 1, 1])
    }
}

extension Append {
    /// One event, as some command would have brought it.
    fileprivate static func sample(_ type: String, stream: String, _ data: String, at seconds: Int64 = 0) -> Append {
        Append(
            command: ImportID.row(mapping: type, key: Array("\(stream) \(seconds)".utf8)),
            occurredAt: Timestamp(microseconds: seconds * 1_000_000),
            metadata: Array("{}".utf8),
            writes: [
                StreamWrite(
                    stream: StreamName(stored: stream),
                    expected: .any,
                    events: [NewEvent(type: EventType(type), data: Array(data.utf8))]
                )
            ]
        )
    }
}
