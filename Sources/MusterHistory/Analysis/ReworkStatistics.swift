package import Records

/// Work that was done again.
package struct ReworkStatistics: Hashable, Sendable {
    /// An activity that a case went through more than once.
    package struct Repeated: Hashable, Sendable {
        /// Index of the activity.
        package let activity: Int
        /// Cases in which it occurs more than once.
        package let cases: Int
        /// Occurrences beyond the first of each case.
        package let extra: Int
        /// Of these, right behind the same activity.
        package let directly: Int
        /// From one occurrence to the next of the same case, all added.
        package let time: DurationSummary
    }

    /// Cases in which some activity occurs more than once.
    package internal(set) var cases: Int
    package internal(set) var share: Double
    /// The activity with the most extra occurrences first.
    package internal(set) var repeated: [Repeated]
    /// Cases that went on after an activity that usually ends them, or with an activity that says that they were opened
    /// again. Nil when no activity is known to end a case.
    package internal(set) var reopened: Reopened?

    package struct Reopened: Hashable, Sendable {
        /// Index of the activity after which a case counts as closed.
        package let closing: Int
        /// Cases that came to it.
        package let closed: Int
        package let cases: Int

        package var share: Double { closed == 0 ? 0 : Double(cases) / Double(closed) }
    }
}

/// From agency to agency.
package struct HandoverStatistics: Hashable, Sendable {
    /// Consecutive events of a case, the first of one agency and the second of another, or the same.
    package struct Cell: Hashable, Sendable {
        /// Indices of agencies: who had it, and who was waited for.
        package let from: Int
        package let to: Int
        package let count: Int
        /// From the event before to the event after.
        package let wait: DurationSummary

        package var isHandover: Bool { from != to }
    }

    /// Those with most events first, at most `maximumAgencies`; the rest is together in one that says so.
    package internal(set) var agencies: [Label]
    /// The longest total wait first. Cells of one and the same agency are in it.
    package internal(set) var cells: [Cell]
    package internal(set) var handovers: Int
    /// Cases that more than one agency had.
    package internal(set) var casesOfSeveral: Int
    /// Of all hand-overs.
    package internal(set) var wait: DurationSummary

    package static let maximumAgencies = 30
}

/// Waiting against working, where the log says when work began.
package struct WorkStatistics: Hashable, Sendable {
    /// Events with a begin.
    package internal(set) var events: Int
    package internal(set) var working: DurationSummary
    /// From the end of the event before to the begin of this; what overlaps counts as no wait.
    package internal(set) var waiting: DurationSummary

    /// Working / (working + waiting); nil when both are nothing.
    package var workingShare: Double? {
        let (work, wait) = (working.values.total, waiting.values.total)
        return work + wait == 0 ? nil : Double(work) / Double(work + wait)
    }
}

/// A way between two steps on which time is lost.
package struct Bottleneck: Hashable, Sendable {
    /// Who is waited for there.
    package struct WaitedFor: Hashable, Sendable {
        package let agency: Label
        package let wait: DurationSummary
    }

    package let from: Label
    package let to: Label
    package let durations: DurationSummary
    /// Of all time between the steps of all cases.
    package let share: Double
    /// At most five agencies that acted next, the longest total first; empty when the log names none.
    package let waitedFor: [WaitedFor]

    package var words: Words {
        Words("\(from.words.en) → \(to.words.en)", zh: "\(from.words.zh) → \(to.words.zh)")
    }
}
