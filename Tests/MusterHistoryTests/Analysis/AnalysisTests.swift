import EventSourcing
import Foundation
import Records
import Testing

@testable import MusterHistory

@Suite("Analysis")
struct AnalysisTests {
    private func names(_ analysis: HistoryAnalysis, _ edge: DirectlyFollowsGraph.Edge) -> String {
        "\(analysis.activities[edge.from].label.name)\(analysis.activities[edge.to].label.name)"
    }

    @Test("activities are counted with their cases, starts and ends, the most frequent first")
    func activities() throws {
        let analysis = try LogTables.analysis(LogTables.columns(["a b a", "a c", "b"]))
        #expect(analysis.activities.map(\.label.name) == ["a", "b", "c"])
        #expect(analysis.activities.map(\.count) == [3, 2, 1])
        #expect(analysis.activities.map(\.cases) == [2, 2, 1])
        #expect(analysis.activities.map(\.starts) == [2, 1, 0])
        #expect(analysis.activities.map(\.ends) == [1, 1, 1])
        #expect(analysis.counts.events == 6)
        #expect(analysis.counts.cases == 3)
        #expect(analysis.counts.variants == 3)
    }

    @Test("equal times keep the order of the log")
    func ties() throws {
        let events = ["b", "a", "c"].map { LogTables.Event(caseID: "1", activity: $0, time: 5) }
        let analysis = try LogTables.analysis(LogTables.columns(events))
        #expect(Set(analysis.graph.edges.map { names(analysis, $0) }) == ["ba", "ac"])
    }

    @Test("events that come late to the log are sorted in, and counted")
    func outOfOrder() throws {
        let events = [("a", 0), ("c", 20), ("b", 10)].map {
            LogTables.Event(caseID: "1", activity: $0.0, time: Int64($0.1))
        }
        let analysis = try LogTables.analysis(LogTables.columns(events))
        #expect(Set(analysis.graph.edges.map { names(analysis, $0) }) == ["ab", "bc"])
        #expect(analysis.entry.outOfOrder == 1)
    }

    @Test("rework counts what is done again, also directly")
    func rework() throws {
        let analysis = try LogTables.analysis(LogTables.columns(["a b a b b", "a b", "a b"]))
        let names = analysis.activities.map(\.label.name)
        #expect(analysis.rework.cases == 1)
        let repeated = Dictionary(uniqueKeysWithValues: analysis.rework.repeated.map { (names[$0.activity], $0) })
        #expect(repeated["a"]?.extra == 1)
        #expect(repeated["b"]?.extra == 2)
        #expect(repeated["b"]?.directly == 1)
        #expect(repeated["b"]?.time.total == .seconds(30))
    }

    @Test("a case that goes on after the activity that closes others was reopened")
    func reopened() throws {
        let analysis = try LogTables.analysis(
            LogTables.columns(Array(repeating: "a close", count: 10) + ["a close b close"])
        )
        #expect(analysis.rework.reopened?.closed == 11)
        #expect(analysis.rework.reopened?.cases == 1)
    }

    @Test("waiting ends where work begins")
    func work() throws {
        let events = [
            LogTables.Event(caseID: "1", activity: "a", time: 100, agency: "x", began: 0),
            LogTables.Event(caseID: "1", activity: "b", time: 400, agency: "y", began: 300),
            LogTables.Event(caseID: "1", activity: "c", time: 500, agency: "y", began: 350),
        ]
        let analysis = try LogTables.analysis(LogTables.columns(events))
        #expect(analysis.work?.working.total == .seconds(100 + 100 + 150))
        #expect(analysis.work?.waiting.total == .seconds(200))
        let worst = try #require(analysis.bottlenecks.first)
        #expect(worst.from.name == "a")
        #expect(worst.durations.total == .seconds(200))
        #expect(worst.waitedFor.map(\.agency.name) == ["y"])
        #expect(analysis.bottlenecks.count == 1)
    }

    @Test("the longest wait between agencies is named")
    func waitsFor() throws {
        var events: [LogTables.Event] = []
        for number in 0..<4 {
            for (activity, time, agency) in [("a", 0, "grid"), ("b", 10, "police"), ("c", 5_000, "fire")] {
                events.append(
                    LogTables.Event(caseID: "\(number)", activity: activity, time: Int64(time), agency: agency)
                )
            }
        }
        let analysis = try LogTables.analysis(LogTables.columns(events))
        let finding = try #require(analysis.findings.first { $0.kind == .waitsFor })
        #expect(finding.headline.en == "police waits longest for fire")
        #expect(analysis.findings.first?.headline.en == "Most time is lost between b and c")
        #expect(analysis.handovers?.handovers == 8)
        #expect(analysis.handovers?.casesOfSeveral == 4)
    }

    @Test("the honest rate counts what is open and overdue; what is not due yet is in neither")
    func onTime() throws {
        var columns = LogTables.columns(["a", "a", "a", "a", "a"])
        let minute: Int64 = 60_000_000
        for (index, done) in [1, 3, nil, nil, 2].enumerated() {
            var clock = Clock(caseIndex: Int32(index), kind: 0, due: (index == 3 ? 90 : 2) * minute)
            if let done { clock.done = Int64(done) * minute }
            columns.clocks.append(clock)
        }
        let onTime = try #require(
            try LogTables.analysis(columns) { context in
                context.kinds = [Label("due")]
                context.source.asOf = Timestamp(microseconds: 10 * minute)
            }.onTime
        )
        #expect(onTime.all.inTime == 2)
        #expect(onTime.all.closedLate == 1)
        #expect(onTime.all.overdueOpen == 1)
        #expect(onTime.all.openWithin == 1)
        #expect(onTime.all.usual == 2.0 / 3)
        #expect(onTime.all.honest == 0.5)
        #expect(onTime.hours[0].clocks == 4)
        #expect(onTime.hours[0].late == 2)
        #expect(onTime.months.map(\.month.text) == ["1970-01"])
    }

    @Test(
        "the Gini coefficient is nothing for equals and nearly one for one alone",
        arguments: [([5, 5, 5, 5], 0.0), ([100, 0, 0, 0], 0.75), ([3, 1], 0.25)]
    )
    func gini(events: [Int], expected: Double) throws {
        let fairness = try #require(WorkloadStatistics.Fairness(events))
        #expect(abs(fairness.gini - expected) < 1e-12)
    }

    @Test("many cases of one person in one minute are a burst")
    func bursts() throws {
        let events = (0..<12).map {
            LogTables.Event(caseID: "\($0)", activity: "visit", time: 600 + Int64($0), resource: "Li")
        }
        let burst = try #require(try LogTables.analysis(LogTables.columns(events)).entry.bursts.first)
        #expect(burst.cases == 12)
        #expect(burst.who.name == "Li")
        #expect(burst.minute == Timestamp(microseconds: 600_000_000))
    }

    @Test("late entry is counted from when the log took it")
    func lateEntry() throws {
        var columns = EventColumns()
        for delay in [10, 299, 301, 4_000] as [Int64] {
            var entry = EventColumns.Entry(
                caseIndex: columns.caseNames.index(of: "1"),
                activity: columns.activityNames.index(of: "visit"),
                time: 0
            )
            entry.recorded = delay * 1_000_000
            columns.append(entry)
        }
        let entry = try LogTables.analysis(columns).entry
        #expect(entry.late == 2)
        #expect(entry.delays?.count == 4)
        #expect(entry.byActivity.first?.share == 0.5)
    }

    @Test("hours and weekdays are local, also where clocks change")
    func seasonality() throws {
        // 2020-03-08 06:59 and 07:01 UTC: New York jumps from 02:00 to 03:00 at 07:00.
        let events = [1_583_650_740, 1_583_650_860].map {
            LogTables.Event(caseID: "\($0)", activity: "a", time: $0)
        }
        let analysis = try LogTables.analysis(LogTables.columns(events)) { $0.source.zone = "America/New_York" }
        #expect(analysis.seasonality.weekHours[6][1] == 1)
        #expect(analysis.seasonality.weekHours[6][3] == 1)
        #expect(analysis.seasonality.months.map(\.month.text) == ["2020-03"])
    }

    @Test("where cases have one time each it is said so, and the page begins with when they come")
    func oneTime() throws {
        // Every hour of some weeks, and five more at noon.
        let events =
            (0..<400).map { LogTables.Event(caseID: "\($0)", activity: "a", time: Int64($0) * 3_600) }
            + (0..<100).map { LogTables.Event(caseID: "n\($0)", activity: "a", time: Int64($0 % 5) * 86_400 + 43_260) }
        let analysis = try LogTables.analysis(LogTables.columns(events))
        #expect(analysis.findings.map(\.kind) == [.oneTime, .season])
        #expect(analysis.findings[1].headline.en == "The busiest hour is from 12:00 to 13:00")
        let page = try ReportPage.html(analysis, language: .en)
        let columns = try #require(page.range(of: "<div class=\"columns even\">"))
        let season = try #require(page.range(of: "id=\"seasonality\""))
        let variants = try #require(page.range(of: "id=\"variants\""))
        #expect(columns.lowerBound < season.lowerBound && season.lowerBound < variants.lowerBound)
        // Dates without an hour tell no hour.
        let dates = (0..<400).map { LogTables.Event(caseID: "\($0)", activity: "a", time: Int64($0) * 86_400) }
        #expect(try LogTables.analysis(LogTables.columns(dates)).findings.map(\.kind) == [.oneTime])
    }

    @Test("an empty log has an empty analysis")
    func empty() throws {
        let analysis = try LogTables.analysis(EventColumns())
        #expect(analysis.isEmpty)
        #expect(analysis.findings.isEmpty)
        for query in ReportQuery.allCases { _ = analysis.table(query).text(.en) }
    }
}
