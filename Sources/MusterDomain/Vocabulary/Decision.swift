package import EventSourcing

/// What a command decided, as the log takes it.
package struct Decision: Sendable {
    /// To the command's own stream, and then to what it claims. Empty when nothing is left to do.
    package let writes: [StreamWrite]
    /// The stream that only one command may ever begin, and what the second one hears.
    package let claim: (stream: StreamName, refusal: Rejection)?
    /// False when an event has no stored form: its kind was left out of the table.
    package let isWhole: Bool
    /// The subject with the events in it, once the log has recorded them at a time.
    package let folded: @Sendable (_ recordedAt: Timestamp) -> any FoldedSubject
}

extension Command {
    package func decision(
        on folded: (any FoldedSubject)?,
        in context: Context,
        as metadata: EventMetadata
    ) throws(Rejection) -> Decision {
        let state = folded?.state(as: Subject.self) ?? Subject()
        let version = folded?.version ?? .none
        let events = try decide(state, in: context)
        var writes: [StreamWrite] = []
        var count = events.count
        let claim = events.isEmpty ? nil : claim
        if !events.isEmpty {
            let expected: ExpectedVersion = version == .none ? .noStream : .exactly(version)
            writes.append(StreamWrite(stream: stream, expected: expected, events: Subject.Event.table.encode(events)))
        }
        if let claim {
            let taking = Subject.Event.table.encode([claim.event])
            writes.append(StreamWrite(stream: claim.stream, expected: .noStream, events: taking))
            count += 1
        }
        return Decision(
            writes: writes,
            claim: claim.map { ($0.stream, $0.refusal) },
            isWhole: writes.reduce(0) { $0 + $1.events.count } == count,
            folded: { recordedAt in
                var state = state
                for ordinal in events.indices {
                    let origin = Origin(
                        event: EventID(command: context.command, ordinal: Int16(ordinal)),
                        actor: metadata.actor,
                        occurredAt: context.occurredAt,
                        recordedAt: recordedAt,
                        correlation: metadata.correlation,
                        causation: metadata.causation
                    )
                    state.evolve(events[ordinal], from: origin)
                }
                return Folded(state, version.advanced(by: events.count))
            }
        )
    }
}
