/// From the first to the last event of each case.
package struct CaseDurations: Hashable, Sendable {
    /// A case that took long, to be looked at.
    package struct Longest: Hashable, Sendable {
        package let id: String
        package let duration: Duration
        package let events: Int
    }

    package internal(set) var durations: DurationSummary
    /// On a scale of round seconds, minutes, hours and days, from the shortest to the longest, without gaps.
    package internal(set) var histogram: [DurationBin]
    /// At most ten, the longest first.
    package internal(set) var longest: [Longest]
    /// Events a case: median and most.
    package internal(set) var medianEvents: Int
    package internal(set) var maximumEvents: Int

    static let none = CaseDurations(durations: .none, histogram: [], longest: [], medianEvents: 0, maximumEvents: 0)
}

/// One activity in all its occurrences.
package struct ActivityStatistics: Hashable, Sendable {
    package internal(set) var label: Label
    package internal(set) var count: Int
    /// Cases in which it occurs.
    package internal(set) var cases: Int
    /// Cases that begin, and that end with it.
    package internal(set) var starts: Int
    package internal(set) var ends: Int
    /// From the event before it in its case, where there is one.
    package internal(set) var before: DurationSummary
    /// From its begin to its end, where the log says both; nil when it never does.
    package internal(set) var working: DurationSummary?
}

/// Which activity follows which, directly.
package struct DirectlyFollowsGraph: Hashable, Sendable {
    package struct Edge: Hashable, Sendable {
        /// Indices of activities.
        package let from: Int
        package let to: Int
        package let count: Int
        /// Cases in which it occurs.
        package let cases: Int
        package let durations: DurationSummary

        /// All the time that passed on this way.
        package var total: Duration { durations.total }
    }

    /// The most frequent first.
    package internal(set) var edges: [Edge]

    /// The fewest, most frequent edges that cases of this share consist of entirely; with 1, all edges.
    ///
    /// - Parameter share: how many of the cases must be drawn whole.
    package func covering(_ share: Double, of variants: VariantStatistics) -> [Edge] {
        guard share < 1, variants.cases > 0 else { return edges }
        var kept: Set<[Int]> = []
        var covered = 0
        for variant in variants.list {
            if Double(covered) >= share * Double(variants.cases) { break }
            covered += variant.cases
            for (from, to) in zip(variant.activities, variant.activities.dropFirst()) { kept.insert([from, to]) }
        }
        return edges.filter { kept.contains([$0.from, $0.to]) }
    }
}

/// The ways that cases took, as sequences of activities.
package struct VariantStatistics: Hashable, Sendable {
    package struct Variant: Hashable, Sendable {
        /// Indices of activities, in order.
        package let activities: [Int]
        package let cases: Int
        package let durations: DurationSummary
        /// The id of one of its cases.
        package let example: String
    }

    /// All different ways.
    package internal(set) var count: Int
    /// Ways that only one case took.
    package internal(set) var singles: Int
    package internal(set) var cases: Int
    /// The most frequent first, at most `maximumListed`.
    package internal(set) var list: [Variant]

    package static let maximumListed = 1_000
}
