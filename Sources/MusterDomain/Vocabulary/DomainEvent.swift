package import EventSourcing
package import Records

/// The events of one aggregate: an enum with one case a kind.
package protocol DomainEvent: Hashable, Sendable {
    static var table: EventTable<Self> { get }
}

/// How one kind of event is stored: its name and version are explicit and never change once released.
package struct EventDescription<Event: Sendable>: Sendable {
    package let type: EventType
    package let words: Words
    package let fields: [FieldDescription]
    let read: @Sendable (inout JSONReader) throws(Problems) -> Event
    /// Nil when the event is of another kind.
    let write: @Sendable (Event) -> [UInt8]?

    package init<Payload: Sendable>(
        _ name: String,
        version: Int16 = 1,
        _ words: Words,
        _ record: Record<Payload>,
        _ wrap: @escaping @Sendable (Payload) -> Event,
        _ unwrap: @escaping @Sendable (Event) -> Payload?
    ) {
        type = EventType(name, version: version)
        self.words = words
        fields = record.fields
        let codec = record.codec
        read = { (reader) throws(Problems) in wrap(try codec.read(&reader)) }
        write = { event in unwrap(event).map(codec.encode) }
    }
}

/// The kinds of event of one aggregate, in one table.
package struct EventTable<Event: Sendable>: Sendable {
    package let descriptions: [EventDescription<Event>]
    private let byType: [EventType: EventDescription<Event>]

    /// Each case of `Event` must be in the table; a test of every aggregate holds it to that.
    package init(_ descriptions: [EventDescription<Event>]) {
        self.descriptions = descriptions
        byType = Dictionary(descriptions.map { ($0.type, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Nil only for a case that was left out of the table.
    package func encode(_ event: Event) -> NewEvent? {
        for description in descriptions {
            if let data = description.write(event) { return NewEvent(type: description.type, data: data) }
        }
        return nil
    }

    /// Nil for a type that is not in the table, as a newer writer's.
    package func decode(_ type: EventType, _ data: [UInt8]) throws(Problems) -> Event? {
        guard let description = byType[type] else { return nil }
        var reader = JSONReader(data)
        return try description.read(&reader)
    }

    package func description(of type: EventType) -> EventDescription<Event>? { byType[type] }
}
