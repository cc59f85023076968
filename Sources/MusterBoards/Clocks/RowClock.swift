package import EventSourcing
import MusterDomain
package import Records

/// The clock of a row.
package struct RowClock: Hashable, Sendable {
    /// `running`, `paused`, or `waiting`: nothing is chased, somebody else is awaited or no limit is set.
    package let state: BoardOrder.Group
    /// Nil when no limit is set.
    package let due: Timestamp?
    package let since: Timestamp
    /// Nil when no limit is set.
    package let limit: Duration?
    /// The event that started it; nil when it is not known.
    package let startedBy: EventMark?
    /// The event that made it stand still.
    package let pausedBy: EventMark?

    func write(to writer: inout JSONWriter) {
        writer.member("state", state.word)
        writer.member("due", due)
        writer.member("since", since)
        writer.member("limitSeconds", limit?.components.seconds)
        writer.name("startedBy")
        if let startedBy { startedBy.write(to: &writer) } else { writer.null() }
        writer.name("pausedBy")
        if let pausedBy { pausedBy.write(to: &writer) } else { writer.null() }
    }
}

/// An event of a matter that a row points at.
package struct EventMark: Hashable, Sendable {
    package let position: Position
    package let id: EventID
    package let type: EventType
    package let occurredAt: Timestamp
    package let recordedAt: Timestamp

    init(_ fact: Fact) {
        position = fact.position
        id = fact.id
        type = fact.type
        occurredAt = fact.origin.occurredAt
        recordedAt = fact.origin.recordedAt
    }

    package var words: Words { FactWords.name(of: type) }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("position", position.rawValue)
        writer.member("id", id.description)
        writer.member("type", type.name)
        writer.member("words", words)
        writer.member("at", occurredAt)
        writer.endObject()
    }
}

extension BoardOrder.Group {
    /// How JSON calls the group.
    package var word: String {
        switch self {
        case .running: "running"
        case .paused: "paused"
        case .waiting: "waiting"
        }
    }
}
