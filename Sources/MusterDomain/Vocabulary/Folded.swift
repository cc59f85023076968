package import EventSourcing
package import Records

/// A subject as far as its stream was folded, for whoever keeps subjects of all kinds.
package protocol FoldedSubject: AnyObject, Sendable {
    /// That of the last event that was folded; `none` before the first.
    var version: StreamVersion { get }
    var subject: any Aggregate { get }
}

extension FoldedSubject {
    /// The state of a subject whose kind is known; as before its first event if it is of another.
    package func state<Subject: Aggregate>(as _: Subject.Type) -> Subject {
        (self as? Folded<Subject>)?.state ?? Subject()
    }
}

/// A subject as far as its stream was folded. It never changes; later events make another.
package final class Folded<Subject: Aggregate>: FoldedSubject {
    package let state: Subject
    package let version: StreamVersion

    package var subject: any Aggregate { state }

    init(_ state: Subject, _ version: StreamVersion) {
        self.state = state
        self.version = version
    }
}

extension Aggregate {
    package static func fold(
        _ events: [RecordedEvent],
        after folded: (any FoldedSubject)?
    ) throws(Problems) -> any FoldedSubject {
        if events.isEmpty, let folded { return folded }
        var state = folded?.state(as: Self.self) ?? Self()
        for recorded in events {
            guard let event = try Event.table.decode(recorded.type, recorded.data) else { continue }
            let metadata = try EventMetadata.record.decode(recorded.metadata)
            let origin = Origin(
                event: recorded.id,
                actor: metadata.actor,
                occurredAt: recorded.occurredAt,
                recordedAt: recorded.recordedAt,
                correlation: metadata.correlation,
                causation: metadata.causation
            )
            state.evolve(event, from: origin)
        }
        return Folded(state, events.last?.version ?? folded?.version ?? .none)
    }
}
