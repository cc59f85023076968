import EventSourcing

/// Events that this process has committed, one behind the other in the log.
struct CommittedBatch {
    /// The position before the first.
    let before: Position
    let count: Int
    let last: EventRing.Identity
    /// Makes them. Where nobody follows the log, as in an import, that is spared.
    let events: () -> [RecordedEvent]
}
