package import Records

/// How long the stages of the work took, for all and by agency.
package struct StageStatistics: Hashable, Sendable {
    /// From one stage to another.
    package struct Stage: Hashable, Sendable {
        package let from: Label
        package let to: Label
        package let all: DurationSummary
        /// The agencies with most of them first; empty when the log names no agencies.
        package let agencies: [ByAgency]
        /// Lacking one of the two times, and with the second before the first: both are left out of the durations.
        package let missing: Int
        package let impossible: Int
        /// Nil when the log sets none for it.
        package let limit: StageLimit?

        package var words: Words {
            Words("\(from.words.en) → \(to.words.en)", zh: "\(from.words.zh) → \(to.words.zh)")
        }
    }

    package struct ByAgency: Hashable, Sendable {
        package let agency: Label
        package let durations: DurationSummary
        /// Nil when the log sets none for it.
        package let limit: StageLimit?
    }

    /// How long a stage may take, where limits differ from case to case.
    package struct StageLimit: Hashable, Sendable {
        /// Microseconds.
        let median: Int64
        /// Of those with a limit that took longer.
        package let overruns: Int
        package let count: Int

        /// The limit most have: the median.
        package var limit: Duration { .microseconds(median) }
    }

    /// In the order of the work. Intervals of the mapping, or else the most travelled ways between activities.
    package internal(set) var list: [Stage]
    /// Whether the mapping named them; else they are edges of the graph.
    package internal(set) var areNamed: Bool
    /// The agencies of all stages, those with most events first, at most `maximumAgencies`.
    package internal(set) var agencies: [Label]

    package static let maximumAgencies = 40
}
