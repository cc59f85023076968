package import EventSourcing

/// The clock of one step of one department. Its limit was recorded when it started and never moves.
package struct RunningClock: Hashable, Sendable {
    package let step: WhistleStep
    package let due: Timestamp
    package let limit: Duration
    /// The event that started it.
    package let startedBy: EventID?
    /// The event that made it stand still; a paused clock is chased by nobody.
    package internal(set) var pause: Pause?
    /// Whether its no-show is on record.
    package internal(set) var isNoShow = false
    /// Who has been told.
    package internal(set) var told: Set<EscalationLevel> = []

    /// Why a clock stands still.
    package struct Pause: Hashable, Sendable {
        package let event: EventID?
    }

    init(step: WhistleStep, due: Timestamp, limit: Duration, startedBy: EventID?) {
        self.step = step
        self.due = due
        self.limit = limit
        self.startedBy = startedBy
    }

    package var since: Timestamp { due - limit }
    package var isPaused: Bool { pause != nil }

    /// When the ladder reaches a level.
    package func time(of level: EscalationLevel, on ladder: EscalationLadder) -> Timestamp {
        since + limit.percent(ladder.percent(of: level))
    }
}
