package import EventSourcing
package import Records

/// Where events come from: who acted, when it happened and when the log took it, and what caused it.
package struct Origin: Hashable, Sendable {
    /// The event's own id; nil where an event is folded before it is in the log.
    package let event: EventID?
    package let actor: Actor
    /// When it happened, as the actor says.
    package let occurredAt: Timestamp
    /// When the log took it, by the database clock.
    package let recordedAt: Timestamp
    /// The same for everything that one first cause brought about: the id of the first command.
    package let correlation: CommandID
    /// The event that made a policy issue the command; nil for commands of people.
    package let causation: EventID?

    package init(
        event: EventID? = nil,
        actor: Actor,
        occurredAt: Timestamp,
        recordedAt: Timestamp,
        correlation: CommandID,
        causation: EventID? = nil
    ) {
        self.event = event
        self.actor = actor
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.correlation = correlation
        self.causation = causation
    }
}

/// The part of an origin that is stored as an event's metadata; the times have columns of their own.
package struct EventMetadata: Hashable, Sendable {
    package let actor: Actor
    package let correlation: CommandID
    package let causation: EventID?

    package init(actor: Actor, correlation: CommandID, causation: EventID?) {
        self.actor = actor
        self.correlation = correlation
        self.causation = causation
    }

    package static let record = Record<EventMetadata>(
        refusesUnknownMembers: false,
        Field("person", { $0.actor.person }, .identifier(), Words("Person", zh: "人员")),
        Field("party", { $0.actor.party }, .identifier(), Words("Party", zh: "单位")),
        Field("role", { $0.actor.role }, .choice, Words("Role", zh: "角色")),
        Field("territory", { $0.actor.territory }, .identifier(), Words("Territory", zh: "区域")),
        Field("correlation", { $0.correlation }, .commandID, Words("First command", zh: "起始命令")),
        Field("causation", { $0.causation }, Codec.eventID.optional, Words("Causing event", zh: "起因事件")),
        make: { person, party, role, territory, correlation, causation in
            EventMetadata(
                actor: Actor(person: person, party: party, role: role, territory: territory),
                correlation: correlation,
                causation: causation
            )
        }
    )
}

extension Codec where Value == CommandID {
    package static var commandID: Codec {
        .word(
            36,
            parse: { CommandID(utf8: $0) },
            text: { $0.description },
            schema: .formatted(
                format: "uuid",
                pattern: nil,
                maximum: 36,
                hint: "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f"
            ),
            orElse: { Problems("uuid", Words("must be a UUID", zh: "必须是 UUID")) }
        )
    }
}

extension Codec where Value == EventID {
    package static var eventID: Codec {
        .word(
            48,
            parse: { EventID(utf8: $0) },
            text: { $0.description },
            schema: .formatted(
                format: nil,
                pattern: "^[0-9a-f-]{36}\\.[0-9]+$",
                maximum: 48,
                hint: "019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f.0"
            ),
            orElse: { Problems("event-id", Words("must be an event id", zh: "必须是事件编号")) }
        )
    }
}
