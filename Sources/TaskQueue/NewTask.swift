package import EventSourcing
import Records

/// A task that is about to be enqueued.
package struct NewTask: Hashable, Sendable {
    /// The most a payload may hold.
    package static let maximumPayloadBytes = 65_536
    package static let maximumNameBytes = 64
    package static let maximumKeyBytes = 200

    /// For whom: whoever works for this agency leases it.
    package let agency: String
    package let kind: String
    /// The same key for the same agency is enqueued once, ever.
    package let uniqueKey: String
    /// JSON text.
    package let payload: String
    /// Higher comes first.
    package let priority: Int16
    /// Before this time it is not leased; nil or a time in the past means at once.
    package let runAt: Timestamp?

    /// - Throws: `InvalidTask` when a bound is broken or the payload is no JSON; such a task can never be enqueued.
    package init(
        agency: String,
        kind: String,
        uniqueKey: String,
        payload: [UInt8],
        priority: Int16 = 0,
        runAt: Timestamp? = nil
    ) throws(InvalidTask) {
        try Self.check(agency, "agency", Self.maximumNameBytes)
        try Self.check(kind, "kind", Self.maximumNameBytes)
        try Self.check(uniqueKey, "unique key", Self.maximumKeyBytes)
        guard payload.count <= Self.maximumPayloadBytes else {
            throw InvalidTask("the payload of \(uniqueKey) has \(payload.count) of \(Self.maximumPayloadBytes) bytes")
        }
        guard Self.isJSON(payload), let text = String(validating: payload, as: UTF8.self) else {
            throw InvalidTask("the payload of \(uniqueKey) is no JSON text")
        }
        self.agency = agency
        self.kind = kind
        self.uniqueKey = uniqueKey
        self.payload = text
        self.priority = priority
        self.runAt = runAt
    }

    private static func check(_ text: String, _ name: String, _ maximum: Int) throws(InvalidTask) {
        guard !text.isEmpty, text.utf8.count <= maximum, !text.utf8.contains(where: { $0 < 0x20 }) else {
            throw InvalidTask("the \(name) of a task must be one line of 1 to \(maximum) bytes")
        }
    }

    private static func isJSON(_ payload: [UInt8]) -> Bool {
        var reader = JSONReader(payload)
        do throws(Problems) {
            try reader.skipValue()
            try reader.end()
            return true
        } catch {
            return false
        }
    }
}

/// Why something cannot be a task. The text names keys, never payloads.
package struct InvalidTask: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
