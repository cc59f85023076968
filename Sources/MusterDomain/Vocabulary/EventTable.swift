package import EventSourcing
package import Records

/// The kinds of event of one aggregate, in one table.
package struct EventTable<Event: Sendable>: Sendable {
    package let descriptions: [EventDescription<Event>]
    /// Those of the descriptions, which are too large to be gone through for each event.
    private let encoders: [@Sendable (Event) -> NewEvent?]
    private let encodings: [EventType: EventEncoding<Event>]

    /// Each case of `Event` must be in the table; a test of every aggregate holds it to that.
    package init(_ descriptions: [EventDescription<Event>]) {
        self.descriptions = descriptions
        encoders = descriptions.map(\.encode)
        var encodings: [EventType: EventEncoding<Event>] = [:]
        for description in descriptions {
            for encoding in description.encodings { encodings[encoding.type] = encoding }
        }
        self.encodings = encodings
    }

    /// Nil only for a case that was left out of the table.
    package func encode(_ event: Event) -> NewEvent? {
        for encode in encoders {
            if let encoded = encode(event) { return encoded }
        }
        return nil
    }

    /// Without those that were left out of the table.
    package func encode(_ events: [Event]) -> [NewEvent] {
        var encoded: [NewEvent] = []
        encoded.reserveCapacity(events.count)
        for event in events {
            if let new = encode(event) { encoded.append(new) }
        }
        return encoded
    }

    /// Nil for a type that is not in the table, as a newer writer's.
    package func decode(_ type: EventType, _ data: [UInt8]) throws(Problems) -> Event? {
        try encodings[type]?.decode(data)
    }
}
