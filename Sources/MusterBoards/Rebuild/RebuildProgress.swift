package import EventSourcing

/// How far a rebuild is.
package struct RebuildProgress: Sendable {
    /// The last event that was folded.
    package let position: Position
    /// Up to where it is folded at first; more may have come by then.
    package let goal: Position
    package let eventsPerSecond: Double

    /// Nil while there is no rate.
    package var remaining: Duration? {
        guard eventsPerSecond > 0 else { return nil }
        return .seconds(Double(max(0, goal.rawValue - position.rawValue)) / eventsPerSecond)
    }
}

/// What came of a rebuild.
package struct RebuildReport: Sendable {
    package let board: String
    package let version: Int
    /// The version of the rows that people read before; nil when there were none.
    package let storedVersion: Int?
    /// What was compared, and what people read now if it was made live.
    package let position: Position
    package let events: Int
    package let duration: Duration
    /// How many of the events could not be read.
    package let parked: Int
    /// The same of the rows that people read before.
    package let storedParked: Int
    /// Nil when there was nothing to compare with.
    package let parity: RowParity?
    /// Whether people read the new rows now.
    package let isLive: Bool

    /// Whether both sides were compared and are the same.
    package var isEqual: Bool { parity?.isEqual ?? false }

    package var eventsPerSecond: Double {
        let seconds = duration / .seconds(1)
        return seconds > 0 ? Double(events) / seconds : 0
    }
}
