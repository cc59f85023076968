package import EventSourcing

/// A clock that runs. Its limit was recorded when it started and never moves.
package struct IncidentDeadline: Hashable, Sendable {
    package let dueBy: Timestamp
    package let limit: Duration
    /// The event that started it.
    package let startedBy: EventID?
    /// Whether it is on record that the time has passed.
    package internal(set) var isMissed = false

    init(dueBy: Timestamp, limit: Duration, startedBy: EventID?) {
        self.dueBy = dueBy
        self.limit = limit
        self.startedBy = startedBy
    }
}
