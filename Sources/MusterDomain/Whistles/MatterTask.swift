package import EventSourcing

/// A part of the work that a party was given.
package struct MatterTask: Hashable, Sendable {
    package let task: TaskID
    package let party: PartyID
    /// Who gave it.
    package let sender: PartyID
    package let duty: DutyID
    package let due: Timestamp
    package let limit: Duration
    package let startedBy: EventID?
    package internal(set) var isDone = false

    init(
        task: TaskID,
        party: PartyID,
        sender: PartyID,
        duty: DutyID,
        due: Timestamp,
        limit: Duration,
        startedBy: EventID?
    ) {
        self.task = task
        self.party = party
        self.sender = sender
        self.duty = duty
        self.due = due
        self.limit = limit
        self.startedBy = startedBy
    }
}
