/// The parameters of one execution in PostgreSQL's binary format, all in one buffer.
package struct Parameters: Sendable {
    struct Slot: Sendable {
        var type: PostgresType
        var offset: Int
        /// Nil for SQL's null.
        var length: Int?
    }

    /// The protocol counts parameters in 16 bits.
    static let limit = 65_535

    /// The protocol counts a message's bytes in 31 bits; the rest is room for its other fields.
    static let byteLimit = 0x3FFF_FFFF

    private(set) var slots: [Slot] = []
    private(set) var writer = BinaryWriter()

    package init() {}

    /// Encodes the values in their order.
    package init<each Parameter: PostgresEncodable>(_ parameter: repeat each Parameter) {
        repeat append(each parameter)
    }

    /// Adds a parameter behind those already there.
    package mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let offset = writer.bytes.count
        if value.isNull {
            slots.append(Slot(type: Value.postgresType, offset: offset, length: nil))
        } else {
            value.encode(into: &writer)
            slots.append(Slot(type: Value.postgresType, offset: offset, length: writer.bytes.count - offset))
        }
    }

    package var count: Int { slots.count }

    /// Why these parameters cannot be sent, or nil.
    var violation: String? {
        if slots.count > Self.limit { return "\(slots.count) parameters, the protocol allows \(Self.limit)" }
        if writer.bytes.count > Self.byteLimit {
            return "\(writer.bytes.count) bytes of parameters, the limit is \(Self.byteLimit)"
        }
        return nil
    }
}
