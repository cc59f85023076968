package import EventSourcing

/// Which past of a board is asked for (R0.3): what was known at a time, what was true at a time as we know it now, or
/// both: what was known at one time about another.
package struct PastCut: Sendable, Hashable {
    /// How far the log is read.
    package enum Known: Sendable, Hashable {
        /// All that the log holds.
        case now
        /// What it held at a time of its own clock.
        case at(Timestamp)
        /// What it held up to an event.
        case through(Position)
    }

    package let known: Known
    /// Only what had happened by then, whenever it became known; nil for all of it.
    package let asTrueAt: Timestamp?

    package init(known: Known, asTrueAt: Timestamp? = nil) {
        self.known = known
        self.asTrueAt = asTrueAt
    }
}

/// Why a past cannot be shown.
package enum PastError: Error, Hashable, Sendable {
    /// The time is yet to come.
    case future
    /// Nobody could know then what was true later.
    case trueAfterKnown
    /// The log was empty, or nothing in it had happened yet.
    case nothingYet
    /// The log has no such position; it ends here.
    case noSuchPosition(tail: Position)
    /// As many folds as are allowed are underway.
    case busy
}
