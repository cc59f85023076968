import EventSourcing

/// A task with its number, as a dispatcher takes it in.
struct EnqueuedTask: Sendable {
    let number: Int64
    let segment: Int16
    let agency: String
    let kind: String
    let uniqueKey: String?
    let priority: Int16
    let runAt: Timestamp
    let enqueuedAt: Timestamp
    /// A dead letter that is sent again with this task.
    var resent: Int64?
    /// Leases before the row was written.
    var attempts: Int32 = 0
    /// Nil when it is not worth keeping.
    var content: TaskContent?
}
