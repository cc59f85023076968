package import EventSourcing
package import MusterDomain
package import Records

/// One event of a matter.
package struct MatterEntry: Hashable, Sendable {
    package let position: Position
    package let id: EventID
    package let type: EventType
    package let words: Words
    /// What else it says: who is called, until when, what was found; nil when its name says all.
    package let detail: Words?
    /// What a person wrote; nil when nothing.
    package let text: String?
    /// The deadline that it set; nil when it set none.
    package let due: Timestamp?
    /// Whose step it was; nil for a resident's.
    package let party: PartyID?
    package let partyName: Words
    package let role: Role
    package let occurredAt: Timestamp
    package let recordedAt: Timestamp
    package let isAbnormal: Bool

    /// Whether it was learned long after it happened (R14.5).
    package var isLearnedLate: Bool { recordedAt.since(occurredAt) > MatterFile.lateLearning }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("position", position.rawValue)
        writer.member("id", id.description)
        writer.member("type", type.name)
        writer.member("words", words)
        writer.member("detail", detail)
        writer.member("text", text)
        writer.member("due", due)
        writer.member("party", party?.rawValue)
        writer.member("partyName", partyName)
        writer.member("role", role.rawValue)
        writer.member("occurredAt", occurredAt)
        writer.member("recordedAt", recordedAt)
        writer.member("isAbnormal", isAbnormal)
        writer.member("isLearnedLate", isLearnedLate)
        writer.endObject()
    }
}
