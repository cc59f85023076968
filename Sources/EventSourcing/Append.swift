/// An event that is about to be appended; the log adds position, version and the recorded time.
package struct NewEvent: Hashable, Sendable {
    package let type: EventType
    /// The payload: UTF-8 JSON text.
    package let data: [UInt8]

    package init(type: EventType, data: [UInt8]) {
        self.type = type
        self.data = data
    }
}

/// One stream's share of an append.
package struct StreamWrite: Hashable, Sendable {
    package let stream: StreamName
    package let expected: ExpectedVersion
    package let events: [NewEvent]

    package init(stream: StreamName, expected: ExpectedVersion, events: [NewEvent]) {
        self.stream = stream
        self.expected = expected
        self.events = events
    }
}

/// The events of one command, appended all or none, under the command's id.
package struct Append: Hashable, Sendable {
    package let command: CommandID
    /// When it happened, as the actor says.
    package let occurredAt: Timestamp
    /// Who acted and why: UTF-8 JSON text, the same for every event of the append.
    package let metadata: [UInt8]
    /// At least one write, each to another stream, each with at least one event.
    package let writes: [StreamWrite]
    package let eventCount: Int

    package init(command: CommandID, occurredAt: Timestamp, metadata: [UInt8], writes: [StreamWrite]) {
        self.command = command
        self.occurredAt = occurredAt
        self.metadata = metadata
        self.writes = writes
        eventCount = writes.reduce(0) { $0 + $1.events.count }
    }
}

/// Where an append came to stand. Its events fill `count` places from `first` on, in the order they were given.
package struct AppendReceipt: Hashable, Sendable {
    package let first: Position
    package let count: Int
    /// The database clock when the append was recorded.
    package let recordedAt: Timestamp

    package init(first: Position, count: Int, recordedAt: Timestamp) {
        self.first = first
        self.count = count
        self.recordedAt = recordedAt
    }

    package var last: Position { first.advanced(by: count - 1) }
}

/// What became of one append of a batch. One append's conflict never fails its neighbours.
package enum Verdict: Hashable, Sendable {
    /// Committed and durable.
    case appended(AppendReceipt)
    /// This command id was appended before: the first receipt, nothing was added.
    case duplicate(of: AppendReceipt)
    /// Someone else was first: the stream stands at `actual`, not where the writer believed.
    case conflict(stream: StreamName, actual: StreamVersion)
}

/// Why the log gave no verdict.
package enum AppendError: Error, Hashable, Sendable {
    /// Too much waits already; nothing was sent. Try again after the time.
    case overloaded(retryAfter: Duration)
    /// It may or may not have been appended: send the same ids again to learn which.
    case outcomeUnknown
    /// The log cannot be reached or cannot write now (shutdown, full disk, recovery); nothing was appended.
    case unavailable(reason: String)
    /// The server stands behind what it has acknowledged before (a bad failover): writing stopped until a person decides.
    case regressed(acknowledged: Position, found: Position)
    /// The append breaks a bound of the log; the text says which. It never will be accepted.
    case invalid(reason: String)
}
