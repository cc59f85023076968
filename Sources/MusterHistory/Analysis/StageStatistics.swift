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

        package var words: Words {
            Words("\(from.words.en) → \(to.words.en)", zh: "\(from.words.zh) → \(to.words.zh)")
        }
    }

    package struct ByAgency: Hashable, Sendable {
        package let agency: Label
        package let durations: DurationSummary
    }

    /// In the order of the work. Intervals of the mapping, or else the most travelled ways between activities.
    package internal(set) var list: [Stage]
    /// Whether the mapping named them; else they are edges of the graph.
    package internal(set) var areNamed: Bool
    /// The agencies of all stages, those with most events first, at most `maximumAgencies`.
    package internal(set) var agencies: [Label]

    package static let maximumAgencies = 40
}
