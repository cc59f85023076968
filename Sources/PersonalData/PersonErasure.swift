package import EventSourcing
package import MusterDomain

/// Whose keys are to be destroyed: those that were made before the log recorded the erasure.
package struct PersonErasure: Hashable, Sendable {
    package let person: PersonID
    package let recordedAt: Timestamp

    package init(person: PersonID, recordedAt: Timestamp) {
        self.person = person
        self.recordedAt = recordedAt
    }
}

extension PersonErasure {
    private static let type = EventType("SubjectKeyErased")

    /// Nil for an event of another kind, or one that cannot be read.
    init?(_ event: RecordedEvent) {
        guard event.type == Self.type,
            case .subjectKeyErased(let erased)? = try? PrivacyEvent.table.decode(event.type, event.data)
        else { return nil }
        self.init(person: erased.person, recordedAt: event.recordedAt)
    }
}
