import EventSourcing
import Records
import Testing

@testable import MusterHistory

@Suite("Replay of a log", .timeLimit(.minutes(20)))
struct HistoryReplayTests {
    private func replay(
        _ log: MemoryLog,
        _ changes: ReplayChanges = ReplayChanges(),
        _ choice: AnalysisChoice = AnalysisChoice()
    ) async throws -> HistoryReplay {
        try await HistoryReplay.make(from: log, choice, changes)
    }

    @Test("one engine and three calls: as it was, again, and with a second engine, by hand")
    func secondEngine() async throws {
        let log = try await ReplayedLogs.calls()
        let replay = try await replay(log, ReplayedLogs.changes(crews: ["North=+1"], begins: "dispatched"))
        #expect(replay.history.all.tally.late == 2)
        #expect(replay.unchanged.all.tally == replay.history.all.tally)
        #expect(replay.calibration.late == 0)
        #expect(replay.calibration.isTrusted)
        // The second call is taken at once, the third when the first engine is back: on the scene at 1:50, due at 1:25.
        #expect(try ReplayedLogs.begins(replay) == [60, 65, 100])
        #expect(replay.outcome.all.tally.late == 1)
        #expect(replay.outcome.all.waits.maximum == .seconds(30 * 60))
        #expect(replay.outcome.worked == replay.history.worked)
        #expect(replay.hoursADay(replay.formerRoster) == 2)
        #expect(replay.hoursADay(replay.roster) == 26)
    }

    @Test("a limit takes the place of the log's, in the change alone; one that the log lacks holds for all")
    func limits() async throws {
        let log = try await ReplayedLogs.calls()
        let other = try await replay(log, ReplayedLogs.changes(limits: ["on-scene=60m"], begins: "dispatched"))
        #expect(other.history.all.tally.late == 2)
        #expect(other.outcome.all.tally.late == 1)
        let added = try await replay(log, ReplayedLogs.changes(limits: ["available=1h"], begins: "dispatched"))
        #expect(added.history.all.tally.all == 6)
        #expect(added.history.all.tally.late == 4)
        #expect(added.outcome.all.tally.late == 4)
    }

    @Test("what was waited although a crew was free is not for more crews to change")
    func otherWaiting() async throws {
        // The second call came when the engine was free, and was sent half an hour later.
        let text =
            ReplayedLogs.callsHeader + ReplayedLogs.call(1, 60, 60, 70, 100)
            + ReplayedLogs.call(2, 110, 140, 150, 170)
        let log = try await ReplayedLogs.calls(text)
        let replay = try await replay(log, ReplayedLogs.changes(crews: ["North=+3"], begins: "dispatched"))
        #expect(try ReplayedLogs.begins(replay) == [60, 140])
        #expect(replay.history.all.waitedForCrew == 0)
    }

    @Test("activities follow each other in their case, over two desks")
    func sequence() async throws {
        // The front desk checks, the back office decides; one clerk each.
        let log = try await ReplayedLogs.steps(
            ReplayedLogs.step(1, "a", "check", 60, 70, "front"),
            ReplayedLogs.step(2, "a", "decide", 70, 110, "back"),
            ReplayedLogs.step(3, "b", "check", 70, 80, "front"),
            ReplayedLogs.step(4, "b", "decide", 110, 130, "back")
        )
        let before = try await replay(log)
        #expect(try ReplayedLogs.begins(before) == [60, 70, 70, 110])
        let after = try await replay(log, ReplayedLogs.changes(crews: ["back=+1"]))
        #expect(try ReplayedLogs.begins(after) == [60, 70, 70, 80])
        #expect(after.outcome.agencies.count == 2)
    }

    @Test("where nothing says when work was begun, a given time or the quickest tenth is taken, and it is said")
    func inference() async throws {
        var rows = ""
        for number in 1...20 {
            // Twenty calls, one every two hours, done after 10 to 105 minutes.
            rows += ReplayedLogs.call(number, number * 120, nil, nil, number * 120 + 5 + number * 5)
        }
        let log = try await ReplayedLogs.calls(ReplayedLogs.callsHeader + rows)
        let inferred = try await replay(log)
        #expect(inferred.base.assumptions.map(\.steps) == [20])
        #expect(inferred.base.assumptions.map(\.work) == [15 * 60_000_000])
        #expect(inferred.base.draft.steps.allSatisfy { $0.basis == .inferred })
        #expect(ReplayedLogs.text(inferred, .en).contains("is inferred for 100 %"))
        #expect(ReplayedLogs.text(inferred, .zh).contains("推断"))
        let given = try await replay(log, ReplayedLogs.changes(works: ["available=30m"]))
        #expect(given.base.draft.steps.allSatisfy { $0.basis == .given })
        #expect(given.base.work.works.max() == Int64(1_800_000_000))
        #expect(given.base.work.works.min() == Int64(600_000_000))
    }

    @Test("one person does one thing at a time")
    func person() async throws {
        let log = try await ReplayedLogs.steps(
            ReplayedLogs.step(1, "a", "in", nil, 10, "d", who: "p"),
            ReplayedLogs.step(2, "b", "in", nil, 10, "d", who: "p"),
            ReplayedLogs.step(3, "a", "out", nil, 60, "d", who: "p"),
            ReplayedLogs.step(4, "b", "out", nil, 70, "d", who: "p")
        )
        let replay = try await replay(log)
        let steps = replay.base.draft.steps.filter { $0.basis == .inferred }
        let works = steps.map { ($0.end - $0.begin) / 60_000_000 }.sorted()
        #expect(works == [10, 50])
    }

    @Test("open, impossible and nobody's work stays as it was")
    func kept() async throws {
        let text =
            ReplayedLogs.threeCalls + ReplayedLogs.call(4, 200, 210, nil, nil)
            + ReplayedLogs.call(5, 300, 310, 320, 250) + ReplayedLogs.call(6, 300, 310, 320, 330, station: "")
        let log = try await ReplayedLogs.calls(text)
        let replay = try await replay(log, ReplayedLogs.changes(crews: ["North=+1"], begins: "dispatched"))
        #expect(replay.base.draft.kept == 3)
        let rows = try ImportedRow.all(in: try await ReplayedLogs.written(replay))
        #expect(rows.map { $0.stages["received"] }.count == 6)
        #expect(rows[3].stages["dispatched"] == "2020-03-01T03:30:00Z")
        #expect(rows[4].stages["available"] == "2020-03-01T04:10:00Z")
    }

    @Test("filters choose what is counted and written, and all load the crews")
    func filters() async throws {
        let text =
            ReplayedLogs.callsHeader + ReplayedLogs.call(1, 60, 60, 70, 100, priority: "1", due: 75)
            + ReplayedLogs.call(2, 65, 100, 110, 140, priority: "2", due: 80)
        var choice = AnalysisChoice()
        choice.filters = [.attribute("priority", "2")]
        let log = try await ReplayedLogs.calls(text)
        let replay = try await replay(log, ReplayedLogs.changes(begins: "dispatched"), choice)
        #expect(replay.unchanged.all.tally.all == 1)
        #expect(try ReplayedLogs.begins(replay) == [60, 100])
        #expect(try ImportedRow.all(in: try await ReplayedLogs.written(replay)).map(\.caseID) == ["2"])
    }

    @Test("a replay that does not give the history back says so")
    func warning() async throws {
        // Last come, first served.
        let text =
            ReplayedLogs.callsHeader + ReplayedLogs.call(1, 60, 60, 70, 100, due: 75)
            + ReplayedLogs.call(2, 61, 180, 190, 200, due: 90) + ReplayedLogs.call(3, 62, 140, 150, 180, due: 90)
            + ReplayedLogs.call(4, 63, 100, 110, 140, due: 90)
        let replay = try await replay(try await ReplayedLogs.calls(text), ReplayedLogs.changes(begins: "dispatched"))
        #expect(!replay.calibration.isTrusted)
        #expect(ReplayedLogs.text(replay, .en).contains("WARNING"))
        #expect(ReplayedLogs.text(replay, .zh).contains("警告"))
    }

    @Test("without any limit waiting alone is compared, and it is said")
    func noLimits() async throws {
        let text =
            ReplayedLogs.callsHeader + ReplayedLogs.call(1, 60, 60, 70, 100) + ReplayedLogs.call(2, 65, 100, 110, 140)
        let replay = try await replay(try await ReplayedLogs.calls(text), ReplayedLogs.changes(begins: "dispatched"))
        #expect(replay.calibration.late == nil)
        #expect(ReplayedLogs.text(replay, .en).contains("--limit STAGE=TIME"))
        #expect(!ReplayedLogs.text(replay, .en).contains("had a limit"))
    }

    @Test("what cannot be asked is answered with what there is")
    func badInput() async throws {
        let log = try await ReplayedLogs.calls()
        func fails(_ error: ReplayError, _ changes: ReplayChanges) async {
            await #expect(throws: error) { try await replay(log, changes) }
        }
        await fails(.unknownAgency("Nrth", known: ["North"]), try ReplayedLogs.changes(crews: ["Nrth=+1"]))
        await fails(.unknownAgency("x", known: ["North"]), try ReplayedLogs.changes(had: ["x=1"]))
        let stages = ["received", "dispatched", "on-scene", "available"]
        await fails(.unknownStage("scene", known: stages), try ReplayedLogs.changes(limits: ["scene=8m"]))
        await fails(.unknownStage("scene", known: stages), try ReplayedLogs.changes(works: ["scene=8m"]))
        await fails(.unknownStage("scene", known: stages), try ReplayedLogs.changes(begins: "scene"))
        await fails(.fewerThanNone("North=0-1:-1"), try ReplayedLogs.changes(crews: ["North=0-1:-1"]))
        await fails(.noCrew("North"), try ReplayedLogs.changes(crews: ["North=0"]))
        await #expect(throws: ReplayError.emptyLog(log.name)) { try await replay(MemoryLog()) }
        let lone = try await ReplayedLogs.calls(ReplayedLogs.callsHeader + ReplayedLogs.call(1, 60, nil, nil, nil))
        await #expect(throws: ReplayError.nothingToReplay(log.name)) { try await replay(lone) }
        let steps = try await ReplayedLogs.steps(ReplayedLogs.step(1, "a", "check", 60, 70, "front"))
        await #expect(throws: ReplayError.beginsOfActivities("check")) {
            try await replay(steps, ReplayedLogs.changes(begins: "check"))
        }
    }

    @Test("times of another age neither crash nor hang")
    func extremes() async throws {
        let text =
            ReplayedLogs.callsHeader
            + "1,1,1000-01-01 00:00,1000-01-01 00:10,9998-12-31 23:00,9998-12-31 23:59,North,1,\n"
            + "2,2,1000-01-01 00:00,9998-12-31 23:59,9998-12-31 23:59,9998-12-31 23:59,North,1,\n"
            + (3...60).map { "\($0),\($0),1000-01-01 00:00,1000-01-01 00:10,,9998-12-31 23:59,North,1,\n" }.joined()
        let log = try await ReplayedLogs.calls(text)
        let changes = try ReplayedLogs.changes(crews: ["North=1"], had: ["North=1"], begins: "dispatched")
        let replay = try await replay(log, changes)
        #expect(try await ReplayedLogs.written(replay).events.count == 62)
        #expect(!replay.text(.en).isEmpty)
        #expect(!replay.json().isEmpty)
    }
}
