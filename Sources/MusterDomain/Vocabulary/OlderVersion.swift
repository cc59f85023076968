package import Records

/// A version of an event's payload that is not written any more, and how it becomes the newest one.
///
/// ```swift
/// EventDescription(
///     "WhistleBlown",
///     version: 2,
///     Words("Whistle blown", zh: "吹哨"),
///     WhistleBlown.record,
///     older: [OlderVersion(1, WhistleBlownV1.record) { WhistleBlown($0, urgency: .normal) }],
///     MatterEvent.whistleBlown
/// ) { … }
/// ```
package struct OlderVersion<Payload: Sendable>: Sendable {
    let version: Int16
    let fields: [FieldDescription]
    let decode: @Sendable (_ data: [UInt8]) throws(Problems) -> Payload

    /// - Parameters:
    ///   - record: the fields as they were then.
    ///   - upcast: the same fact in today's fields. It never fails: the fact was accepted long ago.
    package init<Older: Sendable>(
        _ version: Int16,
        _ record: Record<Older>,
        upcast: @escaping @Sendable (Older) -> Payload
    ) {
        self.version = version
        fields = record.fields
        decode = { (data) throws(Problems) in upcast(try record.decode(data)) }
    }
}
