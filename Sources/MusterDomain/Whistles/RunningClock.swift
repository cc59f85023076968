package import EventSourcing

/// The clock of one step of one department. Its limit and its ladder were recorded when it started and never move.
package struct RunningClock: Hashable, Sendable {
    package let step: WhistleStep
    package let due: Timestamp
    package let limit: Duration
    /// Who is told when.
    package let ladder: EscalationLadder
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

    /// - Parameter ladder: nil where the event that started it recorded none.
    init(step: WhistleStep, due: Timestamp, limit: Duration, ladder: EscalationLadder?, startedBy: EventID?) {
        self.step = step
        self.due = due
        self.limit = limit
        self.ladder = ladder ?? .standard
        self.startedBy = startedBy
    }

    package var since: Timestamp { due - limit }
    package var isPaused: Bool { pause != nil }

    /// When the ladder reaches a level; nil for one that is not told.
    package func time(of level: EscalationLevel) -> Timestamp? {
        ladder.percent(of: level).map { since + limit.percent($0) }
    }
}
