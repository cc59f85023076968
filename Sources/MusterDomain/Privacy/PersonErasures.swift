package import EventSourcing

/// Whether and when a person was erased.
package struct PersonErasures: Aggregate {
    /// When the log last recorded it; nil for a person who was never erased.
    package private(set) var lastRecordedAt: Timestamp?

    package init() {}

    package static func stream(_ person: PersonID) -> StreamName {
        StreamName(category: "person", id: person.rawValue)
    }

    package mutating func evolve(_ event: PrivacyEvent, from origin: Origin) {
        switch event {
        case .subjectKeyErased: lastRecordedAt = origin.recordedAt
        }
    }
}
