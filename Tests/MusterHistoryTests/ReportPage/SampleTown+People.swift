import EventSourcing
import Records

@testable import MusterHistory

extension SampleAnalyses {
    /// Who worked, when, how evenly, how well times were kept, and how two halves compare.
    static func addPeople(to town: inout HistoryAnalysis, _ agencies: [Label]) {
        func workers(_ labels: [Label], _ first: Int) -> [WorkloadStatistics.Worker] {
            labels.enumerated().map { index, label in
                let events = max(3, first / (index + 1))
                return WorkloadStatistics.Worker(
                    label: label,
                    events: events,
                    cases: events / 3,
                    share: Double(events) / 92_318,
                    hours: (0..<24).map { hour in max(0, events / 60 * (12 - abs(hour - 9 - index % 7)) / 6) }
                )
            }
        }
        let fairness = WorkloadStatistics.Fairness(
            workers: 318,
            gini: 0.47,
            busiestTenth: 0.43,
            medianEvents: 120,
            maximumEvents: 9_800
        )
        town.workload = WorkloadStatistics(
            resources: workers((1...24).map { Label("post \($0)", words: Words("Post \($0)", zh: "\($0) 号岗")) }, 9_800),
            agencies: workers(agencies, 30_000),
            places: workers((1...9).map { Label("grid \($0)", words: Words("Grid \($0)", zh: "第 \($0) 网格")) }, 12_000),
            resourceFairness: fairness,
            agencyFairness: fairness
        )
        town.seasonality = Seasonality(
            months: (0..<12).map { index in
                Seasonality.ByMonth(
                    month: Month(year: index < 2 ? 2025 : 2026, month: (index + 10) % 12 + 1),
                    events: 7_000 + index * 120,
                    cases: 900 + (index * 7_919) % 500
                )
            },
            weekHours: (0..<7).map { day in
                (0..<24).map { hour in
                    max(0, 400 - abs(hour - 10) * 30 - (day > 4 ? 180 : 0) + (hour == 19 ? 160 : 0))
                }
            },
            weekdayStarts: [2_300, 2_200, 2_100, 2_150, 2_400, 1_500, 1_556],
            hourStarts: (0..<24).map { 200 + $0 * 30 }
        )
        town.work = WorkStatistics(events: 18_000, working: durations(31, 18_000), waiting: durations(140, 18_000))
        town.rework = ReworkStatistics(
            cases: 1_570,
            share: 0.11,
            repeated: [
                ReworkStatistics.Repeated(
                    activity: 4,
                    cases: 900,
                    extra: 1_220,
                    directly: 640,
                    time: durations(600, 1_220)
                ),
                ReworkStatistics.Repeated(
                    activity: 6,
                    cases: 580,
                    extra: 610,
                    directly: 0,
                    time: durations(2_000, 610)
                ),
                ReworkStatistics.Repeated(
                    activity: 5,
                    cases: 570,
                    extra: 590,
                    directly: 4,
                    time: durations(1_900, 590)
                ),
            ],
            reopened: ReworkStatistics.Reopened(closing: 7, closed: 10_524, cases: 128)
        )
        town.entry = EntryStatistics(
            limit: .seconds(3_600),
            delays: durations(4, 92_318, spread: 8),
            late: 4_100,
            byActivity: [EntryStatistics.Late(label: town.activities[4].label, events: 6_890, late: 900)],
            byAgency: agencies.enumerated().map { EntryStatistics.Late(label: $1, events: 9_000, late: 700 - $0 * 90) },
            bursts: [
                EntryStatistics.Burst(
                    who: Label("post 7", words: Words("Post 7", zh: "7 号岗")),
                    activity: 4,
                    minute: Timestamp(microseconds: 1_780_000_000_000_000),
                    cases: 31
                )
            ],
            burstCases: 5,
            fullHourShare: 0.09,
            timesAreByMinute: true,
            outOfOrder: 210
        )
        let steps = [0, 1, 2, 3, 4, 5, 6, 7].map { town.activities[$0].label }
        town.conformance = ConformanceStatistics(
            reference: .commonest(steps),
            count: 14_206,
            perfect: 4_340,
            fitness: 0.81,
            deviations: [
                deviation(.skipped, steps[2], nil, 5_480, .seconds(-9_000)),
                deviation(.extra, town.activities[9].label, nil, 538, .seconds(5_400)),
                deviation(.tooEarly, steps[7], steps[6], 140, nil),
                deviation(.extra, town.activities[10].label, nil, 889, .seconds(111_600)),
            ]
        )
        town.comparison = Comparison(
            left: Words("Nov to Apr", zh: "11 月至 4 月"),
            right: Words("May to Oct", zh: "5 月至 10 月"),
            leftCases: 7_300,
            rightCases: 6_906,
            measures: [
                measure(Words("median duration", zh: "中位时长"), .seconds, 86_400, 104_000, 9_000, 26_000),
                measure(Words("p90 duration", zh: "p90 时长"), .seconds, 600_000, 580_000, -70_000, 31_000),
                measure(Words("honest on-time rate", zh: "如实按时率"), .share, 0.77, 0.69, -0.11, -0.05),
                measure(Words("events a case", zh: "每件事件数"), .number, 6.2, 6.4, -0.1, 0.5),
            ],
            resamples: 1_000,
            seed: 20_261_121
        )
    }

    private static func deviation(
        _ kind: ConformanceStatistics.Kind,
        _ step: Label,
        _ needed: Label?,
        _ count: Int,
        _ cost: Duration?
    ) -> ConformanceStatistics.Deviation {
        ConformanceStatistics.Deviation(kind: kind, step: step, needed: needed, count: count, cases: count, cost: cost)
    }

    private static func measure(
        _ words: Words,
        _ unit: Comparison.Unit,
        _ left: Double,
        _ right: Double,
        _ low: Double,
        _ high: Double
    ) -> Comparison.Measure {
        Comparison.Measure(
            label: Label(words.en, words: words),
            unit: unit,
            left: left,
            right: right,
            difference: right - left,
            low: low,
            high: high,
            leftCount: 7_300,
            rightCount: 6_906
        )
    }
}
