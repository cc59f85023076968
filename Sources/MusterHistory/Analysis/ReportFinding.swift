package import Records

/// Something worth knowing, as a sentence with its evidence.
package struct ReportFinding: Hashable, Sendable {
    /// What it is about; the page draws the figure of it larger.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case bottleneck, waitsFor, onTime, lateHour, rework, reopened, deviation, workload, entry, impossible
        case comparison, duration, oneTime, season
    }

    package let kind: Kind
    /// A short sentence without a full stop: `71 % were on time, not 84 %`.
    package let headline: Words
    /// One or two sentences with the figures behind it.
    package let detail: Words
    /// From 0 to 1; the list is in descending order of it.
    package let weight: Double
    /// The table that shows it: `muster report --query NAME`.
    package let query: ReportQuery
}

/// A table of the report, by the name that `--query` takes.
package enum ReportQuery: String, Hashable, Sendable, CaseIterable {
    case summary
    case findings
    case activities
    case processMap = "process-map"
    case variants
    case durations
    case stagePercentiles = "stage-percentiles"
    case onTime = "on-time"
    case lateByHour = "late-by-hour"
    case rework
    case handovers
    case work
    case bottlenecks
    case workload
    case workloadByHour = "workload-by-hour"
    case fairness
    case seasonality
    case lateEntry = "late-entry"
    case conformance
    case comparison
    case rejected
    case impossible
}
