import EventLog
import EventSourcing
import MusterTesting
import Testing

@testable import MusterHistory

/// From a file to the report of its replay, on PostgreSQL.
@Suite("Replay on a database", .testDatabase, .timeLimit(.minutes(20)))
struct ReplayDatabaseTests {
    private static func rows(_ count: Int) -> String {
        var text = ReplayedLogs.callsHeader
        for number in 1...count {
            // One engine, a call every 20 minutes, each of 25 minutes: the line grows.
            let (received, sent) = (number * 20, 20 + (number - 1) * 25)
            text += ReplayedLogs.call(number, received, sent, sent + 5, sent + 25, due: received + 60)
        }
        return text
    }

    @Test("import, replay, report: the same figures, in an order that is always the same")
    func endToEnd() async throws {
        let database = try TestDatabase.current
        let replay = try await database.withLog("calls", mode: .history) { log in
            let file = try TemporaryFile(text: Self.rows(1_500))
            let mapping = try Mapping(yaml: ReplayedLogs.callsYAML)
            _ = try await Importer(log: DatabaseLog(log: log)).run(input: file.path, mapping: mapping)
            let changes = try ReplayedLogs.changes(crews: ["North=0-12:+1"], begins: "dispatched")
            return try await HistoryReplay.make(from: DatabaseLog(log: log), AnalysisChoice(), changes)
        }
        #expect(replay.unchanged.all.tally == replay.history.all.tally)
        #expect(replay.outcome.all.tally.late < replay.history.all.tally.late)

        var texts: [[[UInt8]]] = []
        for name in ["what-if", "again"] {
            try await database.withLog(name, mode: .exercise) { log in
                let log = DatabaseLog(log: log)
                #expect(try await ReplayLog(log: log).write(replay) == 1_502)
                #expect(try await ReplayLog(log: log).write(replay) == 0)
                let report = try await LogReport.make(from: log)
                #expect(report.analysis.onTime?.all == replay.outcome.all.tally)
                #expect(report.history.mode == .exercise)
            }
            let events = try await database.withLog(name, mode: .exercise) { log in
                try await log.events(after: .origin, limit: 2_000)
            }
            #expect(events.count == 1_502)
            texts.append(events.map { $0.data + Array("\($0.occurredAt) \($0.stream) \($0.id)".utf8) })
        }
        #expect(texts[0] == texts[1])
    }
}
