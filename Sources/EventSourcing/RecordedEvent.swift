/// An event as the log holds it.
package struct RecordedEvent: Hashable, Sendable {
    package let position: Position
    package let stream: StreamName
    package let version: StreamVersion
    package let id: EventID
    package let type: EventType
    /// When it happened, as the actor says.
    package let occurredAt: Timestamp
    /// When the log took it, by the database clock.
    package let recordedAt: Timestamp
    /// Who acted and why: UTF-8 JSON text.
    package let metadata: [UInt8]
    /// The payload: UTF-8 JSON text.
    package let data: [UInt8]

    package init(
        position: Position,
        stream: StreamName,
        version: StreamVersion,
        id: EventID,
        type: EventType,
        occurredAt: Timestamp,
        recordedAt: Timestamp,
        metadata: [UInt8],
        data: [UInt8]
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.id = id
        self.type = type
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.metadata = metadata
        self.data = data
    }
}
