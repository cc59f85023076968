package import EventSourcing
package import Records

/// What a log's events say about the work behind them. A plain value: the same events, choice and position give the
/// same analysis, whoever draws it.
///
/// Shares are from 0 to 1. Percentiles are nearest-rank, and the median of an even count is the mean of the middle two.
/// Lists are in the order in which they should be shown, the most important first, unless they say otherwise.
package struct HistoryAnalysis: Hashable, Sendable {
    package internal(set) var source: AnalysisSource
    package internal(set) var counts: AnalysisCounts
    /// When the first and the last chosen event happened; nil without events.
    package internal(set) var span: ClosedRange<Timestamp>?
    package internal(set) var cases: CaseDurations
    /// The most frequent first. Other parts name activities by their index here.
    package internal(set) var activities: [ActivityStatistics]
    package internal(set) var graph: DirectlyFollowsGraph
    package internal(set) var variants: VariantStatistics
    package internal(set) var stages: StageStatistics
    /// Nil when nothing in the log says when something was due.
    package internal(set) var onTime: OnTimeStatistics?
    package internal(set) var rework: ReworkStatistics
    /// Nil when no event names an agency.
    package internal(set) var handovers: HandoverStatistics?
    /// Nil when no event says when its work began.
    package internal(set) var work: WorkStatistics?
    package internal(set) var bottlenecks: [Bottleneck]
    package internal(set) var workload: WorkloadStatistics
    package internal(set) var seasonality: Seasonality
    package internal(set) var entry: EntryStatistics
    /// Nil without cases.
    package internal(set) var conformance: ConformanceStatistics?
    /// Nil unless two sides were asked for.
    package internal(set) var comparison: Comparison?
    /// In the order of the log.
    package internal(set) var impossible: [ImpossibleRow] = []
    /// What is worth knowing first, in sentences. The first three belong on the first screen.
    package internal(set) var findings: [ReportFinding]

    package var isEmpty: Bool { counts.events == 0 }
}

/// What was analysed.
package struct AnalysisSource: Hashable, Sendable {
    package internal(set) var log: LogName
    package internal(set) var mode: LogMode
    /// The last event that was read.
    package internal(set) var position: Position
    /// The mapping's title, or what the log is about.
    package internal(set) var title: Words
    /// What a case is called, in the plural: `calls`, `matters`.
    package internal(set) var caseWords: Words
    /// What a row of the imported file is called; nil for a log of Muster's own.
    package internal(set) var rowWords: Words?
    /// The mapping by which the rows were imported; nil for a log of Muster's own.
    package internal(set) var mapping: String?
    /// The IANA time zone of hours, weekdays and months.
    package internal(set) var zone: String
    /// The choice, as a person reads it: one entry for each filter.
    package internal(set) var filters: [Words]
    /// Only what had been recorded by then was read; nil: everything.
    package internal(set) var asKnownAt: Timestamp?
    /// Only what had happened by then was read; nil: everything.
    package internal(set) var asTrueAt: Timestamp?
    /// The moment that decides whether something open is overdue: as true at, as known at, or the log's last event.
    package internal(set) var asOf: Timestamp?
    /// The arguments of `muster report` that chose all this, without `--query`, `--format` and `-o`.
    package internal(set) var arguments: String
}

/// How much there is.
package struct AnalysisCounts: Hashable, Sendable {
    /// Rows of an import that did not become events.
    package struct Rejected: Hashable, Sendable {
        package let reason: String
        package let rows: Int
    }

    /// Rows in which a later stage has an earlier time. They are kept, and their interval is left out of durations.
    package struct Impossible: Hashable, Sendable {
        package let from: Label
        package let to: Label
        package let rows: Int
    }

    package internal(set) var events = 0
    package internal(set) var cases = 0
    package internal(set) var activities = 0
    package internal(set) var variants = 0
    /// Rows of imported files that are events of the log; zero for a log of Muster's own.
    package internal(set) var rows = 0
    package internal(set) var rejected: [Rejected] = []
    package internal(set) var impossible: [Impossible] = []
    /// Chosen events of all that were read, before any filter.
    package internal(set) var eventsBeforeFilters = 0

    package var rejectedRows: Int { rejected.reduce(0) { $0 + $1.rows } }
    package var impossibleRows: Int { impossible.reduce(0) { $0 + $1.rows } }
}

/// Something with a name in the log and words for people: an activity, a stage, an agency, a person, a place.
package struct Label: Hashable, Sendable {
    /// As it stands in the log or the mapping.
    package let name: String
    package let words: Words

    package init(_ name: String, words: Words? = nil) {
        self.name = name
        self.words = words ?? Words(name, zh: name)
    }
}
