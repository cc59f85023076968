package import EventSourcing
package import Records

/// How one kind of event is stored: its name and version are explicit and never change once released.
package struct EventDescription<Event: Sendable>: Sendable {
    /// The version that is written.
    package let type: EventType
    package let words: Words
    package let fields: [FieldDescription]
    /// Whose its personal fields are.
    package let subject: PersonalSubject
    /// Every version that is read: the one above and all older ones.
    package let encodings: [EventEncoding<Event>]
    /// As it is stored; nil when the event is of another kind.
    let encode: @Sendable (Event) -> NewEvent?

    /// - Parameters:
    ///   - subject: whose the personal fields are, in every version.
    ///   - older: the versions that were written before; they are in the log for ever.
    ///   - wrap: makes the event of its payload.
    ///   - unwrap: the payload of an event of this kind; nil for other kinds.
    package init<Payload: Sendable>(
        _ name: String,
        version: Int16 = 1,
        subject: PersonalSubject = .actor,
        _ words: Words,
        _ record: Record<Payload>,
        older: [OlderVersion<Payload>] = [],
        _ wrap: @escaping @Sendable (Payload) -> Event,
        _ unwrap: @escaping @Sendable (Event) -> Payload?
    ) {
        let type = EventType(name, version: version)
        self.type = type
        self.words = words
        fields = record.fields
        self.subject = subject
        let newest = EventEncoding(type, fields) { (data) throws(Problems) in wrap(try record.decode(data)) }
        encodings =
            [newest]
            + older.map { older in
                EventEncoding(EventType(name, version: older.version), older.fields) { (data) throws(Problems) in
                    wrap(try older.decode(data))
                }
            }
        encode = { event in unwrap(event).map { NewEvent(type: type, data: record.encode($0)) } }
    }
}
