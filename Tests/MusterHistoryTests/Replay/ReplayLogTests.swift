import EventSourcing
import Records
import Testing

@testable import MusterHistory

@Suite("Replay: its exercise log", .timeLimit(.minutes(20)))
struct ReplayLogTests {
    private static func replay(_ log: MemoryLog, crews: [String] = ["North=+1"]) async throws -> HistoryReplay {
        let changes = try ReplayedLogs.changes(crews: crews, begins: "dispatched")
        return try await HistoryReplay.make(from: log, changes)
    }

    /// Calls over some days, so that there are several batches.
    private static func many(_ count: Int) -> String {
        var random = SeededRandom(seed: 11)
        var text = ReplayedLogs.callsHeader
        for number in 1...count {
            let received = Int.random(in: 0..<20_000, using: &random)
            let wait = Int.random(in: 0..<30, using: &random)
            let dispatched = received + wait
            text += ReplayedLogs.call(
                number,
                received,
                dispatched,
                dispatched + 10,
                dispatched + Int.random(in: 20..<90, using: &random),
                station: number.isMultiple(of: 3) ? "South" : "North",
                due: received + 25
            )
        }
        return text
    }

    @Test("a report of the log says what the replay says, by the same stages")
    func report() async throws {
        let replay = try await Self.replay(try await ReplayedLogs.calls())
        let log = try await ReplayedLogs.written(replay)
        let report = try await LogReport.make(from: log)
        #expect(report.analysis.counts.cases == 3)
        #expect(report.analysis.onTime?.all == replay.outcome.all.tally)
        #expect(report.analysis.onTime?.agencies.map(\.agency.name) == ["North"])
        #expect(report.analysis.stages.list.map(\.from.words.zh) == ["接警"])
        #expect(report.analysis.source.zone == "UTC")
        #expect(report.history.mode == .exercise)
        #expect(report.analysis.source.title.zh == "报警（重演）")
        // The replay of the replay, with nothing changed, is the same again.
        let again = try await HistoryReplay.make(from: log, try ReplayedLogs.changes(begins: "dispatched"))
        #expect(again.history.all == replay.outcome.all)
        #expect(again.unchanged.all.tally == replay.outcome.all.tally)
    }

    @Test("activities keep their names, agencies, people and begins")
    func activities() async throws {
        let history = try await ReplayedLogs.steps(
            ReplayedLogs.step(1, "a", "check \"x\"", 60, 70, "front", who: "Ann"),
            ReplayedLogs.step(2, "a", "decide", 70, 110, "back", who: "Bo")
        )
        let changes = try ReplayedLogs.changes(limits: ["decide=30m"])
        let replay = try await HistoryReplay.make(from: history, changes)
        let log = try await ReplayedLogs.written(replay)
        let rows = try ImportedRow.all(in: log)
        #expect(rows.map(\.activity) == ["check \"x\"", "decide"])
        #expect(rows.map(\.started) == ["2020-03-01T01:00:00Z", "2020-03-01T01:10:00Z"])
        #expect(rows.map { $0.attributes["agency"] } == ["front", "back"])
        #expect(rows.map { $0.attributes["resource"] } == ["Ann", "Bo"])
        #expect(rows[1].attributes["due-decide"] == "2020-03-01T01:40:00Z")
        let onTime = try await LogReport.make(from: log).analysis.onTime
        #expect(onTime?.all == replay.outcome.all.tally)
        #expect(onTime?.all.late == 1)
    }

    @Test("cases that are people are numbered")
    func people() async throws {
        let rows = [
            ReplayedLogs.step(1, "zhou-mei", "check", 60, 70, "front", who: "Ann"),
            ReplayedLogs.step(2, "zhou-mei", "decide", 70, 110, "back", who: "Bo"),
            ReplayedLogs.step(3, "wang-li", "check", 80, 110, "front", who: "Ann"),
        ]
        let history = try await ReplayedLogs.log(
            ReplayedLogs.stepsHeader + rows.joined(),
            yaml: ReplayedLogs.stepsYAML + "\npersonal: [case]\n"
        )
        let replay = try await HistoryReplay.make(from: history, ReplayedLogs.changes(limits: ["decide=30m"]))
        let log = try await ReplayedLogs.written(replay)
        let streams = log.events.filter { $0.type == ImportEventType.row }.map(\.stream.rawValue)
        #expect(Set(streams) == ["case-1", "case-2"])
        let started = try ImportStarted.record.decode(try #require(log.events.first).data)
        #expect(started.personal == ["resource"])
        #expect(try Mapping(yaml: started.mappingText).personal == ["resource"])
    }

    @Test("what is personal in a history is personal in its replay")
    func personalRoles() async throws {
        let history = try await ReplayedLogs.log(
            ReplayedLogs.stepsHeader + ReplayedLogs.step(1, "a", "check", 60, 70, "Dr Zhou", who: "Ann")
                + ReplayedLogs.step(2, "a", "decide", 70, 110, "Dr Zhou", who: "Ann"),
            yaml: ReplayedLogs.stepsYAML + "\npersonal: [desk]\n"
        )
        let replay = try await HistoryReplay.make(from: history, ReplayedLogs.changes(limits: ["decide=30m"]))
        let log = try await ReplayedLogs.written(replay)
        let started = try ImportStarted.record.decode(try #require(log.events.first).data)
        #expect(started.personal == ["agency", "resource"])
        #expect(try Mapping(yaml: started.mappingText).personal == ["agency", "resource"])
    }

    @Test("the first event says what was replayed")
    func origin() async throws {
        let log = try await ReplayedLogs.written(try await Self.replay(try await ReplayedLogs.calls()))
        let first = String(decoding: try #require(log.events.first).data, as: UTF8.self)
        #expect(
            first.hasSuffix(
                #""replay":{"log":"test","position":5,"version":2,"arguments":["--begins","dispatched","#
                    + #""--crews","North=+1"]}}"#
            )
        )
        #expect(log.events.allSatisfy { ImportEventType.isImport($0.type) })
        #expect(try ImportedRow.all(in: log).allSatisfy { !$0.attributes.isEmpty })
    }

    @Test("the same history and change give the same events, byte for byte; the same command again adds nothing")
    func deterministic() async throws {
        let history = try await ReplayedLogs.calls(Self.many(2_500))
        let first = try await Self.replay(history)
        let one = try await ReplayedLogs.written(first)
        let other = try await ReplayedLogs.written(try await Self.replay(history))
        #expect(one.events.count == 2_502)
        #expect(one.events == other.events)
        #expect(try await ReplayLog(log: one).write(first) == 0)
        #expect(one.events.count == 2_502)
    }

    @Test("a run that was killed is completed by the same command, to the same events, also when the history grew")
    func resumed() async throws {
        let history = try await ReplayedLogs.calls(Self.many(2_500))
        let replay = try await Self.replay(history)
        let whole = try await ReplayedLogs.written(replay)
        for calls in [0, 1, 2, 7, 11] {
            let log = try MemoryLog(mode: .exercise)
            log.fail(afterCalls: calls)
            let once = ReplayLog(log: log, retries: AppendRetries(maximumTries: 1))
            await #expect(throws: ReplayError.self) { try await once.write(replay) }
            log.heal()
            let changes = replay.changes
            let last = try await ReplayLog(log: log).begun(history.name, AnalysisChoice(), changes)
            #expect(last == (calls == 0 ? nil : Position(2_502)))
            let file = try TemporaryFile(
                "more.csv",
                text: ReplayedLogs.threeCalls.replacing("\n1,1,", with: "\n90001,1,")
            )
            _ = try await Importer(log: history).run(
                input: file.path,
                mapping: Mapping(yaml: ReplayedLogs.callsYAML)
            )
            let again = try await HistoryReplay.make(from: history, changes, through: Position(2_502))
            _ = try await ReplayLog(log: log).write(again)
            #expect(log.events == whole.events)
        }
    }

    @Test("only an empty exercise log, or the same replay, is written to")
    func refused() async throws {
        let history = try await ReplayedLogs.calls()
        let replay = try await Self.replay(history)
        for mode in [LogMode.live, .history] {
            let log = try MemoryLog(mode: mode)
            await #expect(throws: ReplayError.notExercise(log.name, mode)) {
                try await ReplayLog(log: log).write(replay)
            }
            await #expect(throws: ReplayError.notExercise(log.name, mode)) {
                try await ReplayLog(log: log).begun(history.name, AnalysisChoice(), replay.changes)
            }
        }
        let log = try await ReplayedLogs.written(replay)
        let other = try ReplayedLogs.changes(crews: ["North=+2"], begins: "dispatched")
        await #expect(throws: ReplayError.self) {
            try await ReplayLog(log: log).begun(history.name, AnalysisChoice(), other)
        }
        let drill = try MemoryLog(mode: .exercise)
        _ = try await drill.append(
            Append(
                command: CommandID(UniqueID(version8From: (1, 2))),
                occurredAt: Timestamp(microseconds: 0),
                metadata: Array("{}".utf8),
                writes: [
                    StreamWrite(
                        stream: StreamName(category: "matter", id: "1"),
                        expected: .any,
                        events: [NewEvent(type: EventType("MatterRaised"), data: Array("{}".utf8))]
                    )
                ]
            )
        )
        await #expect(throws: ReplayError.occupied(drill.name, by: nil)) {
            try await ReplayLog(log: drill).begun(history.name, AnalysisChoice(), replay.changes)
        }
    }
}

extension HistoryReplay {
    fileprivate static func make(
        from log: MemoryLog,
        _ changes: ReplayChanges,
        through last: Position? = nil
    ) async throws -> HistoryReplay {
        try await make(from: log, AnalysisChoice(), changes, through: last)
    }
}
