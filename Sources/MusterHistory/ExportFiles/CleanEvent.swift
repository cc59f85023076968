import EventSourcing

/// An event as it may leave the log.
struct CleanEvent: Sendable {
    let position: Int64
    let category: String
    /// Of the stream; empty for one that is alone in its category.
    let streamID: String
    let version: Int32
    let id: String
    let type: EventType
    let occurredAt: Timestamp
    let recordedAt: Timestamp
    var person: String?
    var party: String?
    var role: String?
    var territory: String?
    var correlation: String?
    var causation: String?
    let data: [UInt8]

    var stream: String { streamID.isEmpty ? category : "\(category)-\(streamID)" }
}
