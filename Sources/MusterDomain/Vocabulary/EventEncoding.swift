package import EventSourcing
package import Records

/// One stored name and version, and how its payload is read.
package struct EventEncoding<Event: Sendable>: Sendable {
    package let type: EventType
    package let fields: [FieldDescription]
    package let decode: @Sendable (_ data: [UInt8]) throws(Problems) -> Event

    init(
        _ type: EventType,
        _ fields: [FieldDescription],
        decode: @escaping @Sendable ([UInt8]) throws(Problems) -> Event
    ) {
        self.type = type
        self.fields = fields
        self.decode = decode
    }

    /// The same for an event that holds this one.
    func map<Other: Sendable>(_ wrap: @escaping @Sendable (Event) -> Other) -> EventEncoding<Other> {
        let decode = decode
        return EventEncoding<Other>(type, fields) { (data) throws(Problems) in wrap(try decode(data)) }
    }
}
