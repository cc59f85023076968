import EventSourcing
import Records

@testable import MusterHistory

/// Analyses made by hand, with values as a town has them.
enum SampleAnalyses {
    /// Microseconds of a spread around a median, given in minutes.
    static func durations(_ minutes: Double, _ count: Int, spread: Double = 3) -> DurationSummary {
        let median = minutes * 60_000_000
        func micros(_ value: Double) -> Int64 { Int64(value) }
        return DurationSummary(
            count: count,
            values: DurationSummary.Values(
                minimum: micros(median / spread / spread),
                p10: micros(median / spread),
                p50: micros(median),
                p90: micros(median * spread),
                p99: micros(median * spread * spread),
                maximum: micros(median * spread * spread * 2),
                total: micros(median * 1.4) * Int64(count)
            )
        )
    }

    /// A log without an event.
    static func empty() throws -> HistoryAnalysis {
        guard let log = LogName("heyan") else { throw Misnamed() }
        return empty(log)
    }

    private struct Misnamed: Error {}

    private static func empty(_ log: LogName) -> HistoryAnalysis {
        HistoryAnalysis(
            source: AnalysisSource(
                log: log,
                mode: .history,
                position: Position(0),
                title: Words("Heyan town", zh: "河沿镇"),
                caseWords: Words("matters", zh: "事项"),
                rowWords: Words("rows", zh: "行"),
                mapping: "heyan",
                zone: "Asia/Shanghai",
                filters: [],
                asKnownAt: nil,
                asTrueAt: nil,
                asOf: nil,
                arguments: "--log heyan"
            ),
            counts: AnalysisCounts(),
            span: nil,
            cases: .none,
            activities: [],
            graph: DirectlyFollowsGraph(edges: []),
            variants: VariantStatistics(count: 0, singles: 0, cases: 0, list: []),
            stages: StageStatistics(list: [], areNamed: false, agencies: []),
            onTime: nil,
            rework: ReworkStatistics(cases: 0, share: 0, repeated: [], reopened: nil),
            handovers: nil,
            work: nil,
            bottlenecks: [],
            workload: WorkloadStatistics(
                resources: [],
                agencies: [],
                places: [],
                resourceFairness: nil,
                agencyFairness: nil
            ),
            seasonality: Seasonality(
                months: [],
                weekHours: Array(repeating: Array(repeating: 0, count: 24), count: 7),
                weekdayStarts: Array(repeating: 0, count: 7),
                hourStarts: Array(repeating: 0, count: 24)
            ),
            entry: EntryStatistics(
                limit: .seconds(3_600),
                delays: nil,
                late: 0,
                byActivity: [],
                byAgency: [],
                bursts: [],
                burstCases: 5,
                fullHourShare: 0,
                timesAreByMinute: false,
                outOfOrder: 0
            ),
            conformance: nil,
            comparison: nil,
            findings: []
        )
    }
}
