/// What was done in time, late, and not at all (R14.3).
package struct OnTimeStatistics: Hashable, Sendable {
    /// Clocks with a limit, by what became of them.
    package struct Tally: Hashable, Sendable {
        package internal(set) var inTime = 0
        package internal(set) var closedLate = 0
        package internal(set) var overdueOpen = 0
        /// Open, and the limit still ahead: in neither rate.
        package internal(set) var openWithin = 0

        package var closed: Int { inTime + closedLate }
        package var late: Int { closedLate + overdueOpen }
        package var all: Int { closed + overdueOpen + openWithin }

        /// Closed in time / closed; nil when nothing was closed.
        package var usual: Double? { closed == 0 ? nil : Double(inTime) / Double(closed) }
        /// Closed in time / (closed + overdue open); nil when there is neither.
        package var honest: Double? {
            closed + overdueOpen == 0 ? nil : Double(inTime) / Double(closed + overdueOpen)
        }
    }

    package struct ByMonth: Hashable, Sendable {
        package let month: Month
        package let tally: Tally
    }

    package struct ByHour: Hashable, Sendable {
        /// From 0 to 23, local, in which the limit's end was met or missed.
        package let hour: Int
        package let clocks: Int
        package let late: Int

        package var share: Double? { clocks == 0 ? nil : Double(late) / Double(clocks) }
    }

    package struct ByAgency: Hashable, Sendable {
        package let agency: Label
        package let tally: Tally
        /// How late those were that were closed late.
        package let lateness: DurationSummary
    }

    /// One thing that has a limit: a stage and its due time, or one of Muster's limits.
    package struct ByKind: Hashable, Sendable {
        package let label: Label
        package let tally: Tally
    }

    package internal(set) var all: Tally
    /// How late what was closed late was.
    package internal(set) var lateness: DurationSummary
    /// In the order of time, by when it was due; without gaps.
    package internal(set) var months: [ByMonth]
    /// All 24.
    package internal(set) var hours: [ByHour]
    /// The worst honest rate with enough clocks first.
    package internal(set) var agencies: [ByAgency]
    package internal(set) var kinds: [ByKind]
    /// True when the log does not say when a case is closed, and its last event was taken for it.
    package internal(set) var endsAreAssumed: Bool
    /// The formula's version, as R14.7 wants it named.
    package internal(set) var formula: Int
}

/// A calendar month of the analysis's time zone.
package struct Month: Hashable, Comparable, Sendable {
    package let year: Int
    /// From 1 to 12.
    package let month: Int

    /// As `2020-04`.
    package var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    package static func < (lhs: Month, rhs: Month) -> Bool { (lhs.year, lhs.month) < (rhs.year, rhs.month) }
}
