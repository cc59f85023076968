package import EventSourcing

/// A task that was handed to one worker for a time.
package struct LeasedTask: Hashable, Sendable {
    package let grant: Grant
    package let agency: String
    package let kind: String
    package let uniqueKey: String
    /// JSON text, byte by byte as it was enqueued.
    package let payload: String
    package let priority: Int16
    /// 1 for the first lease.
    package let attempt: Int32
    /// When the lease ends, by the database clock. Until then nobody else is given the task.
    package let leasedUntil: Timestamp
    package let enqueuedAt: Timestamp

    package init(
        grant: Grant,
        agency: String,
        kind: String,
        uniqueKey: String,
        payload: String,
        priority: Int16,
        attempt: Int32,
        leasedUntil: Timestamp,
        enqueuedAt: Timestamp
    ) {
        self.grant = grant
        self.agency = agency
        self.kind = kind
        self.uniqueKey = uniqueKey
        self.payload = payload
        self.priority = priority
        self.attempt = attempt
        self.leasedUntil = leasedUntil
        self.enqueuedAt = enqueuedAt
    }
}
