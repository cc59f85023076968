package import EventSourcing
import Records

/// A task that is about to be enqueued.
package struct NewTask: Hashable, Sendable {
    /// The most a payload may hold.
    package static let maximumPayloadBytes = 65_536
    package static let maximumNameBytes = 64
    package static let maximumKeyBytes = 200
    package static let priorities: ClosedRange<Int16> = -100...100
    /// The last time that a task may wait for: the end of the year 9999.
    package static let latestRunAt = Timestamp(microseconds: 253_402_300_799_999_999)

    /// For whom: whoever works for this agency leases it.
    package let agency: String
    package let kind: String
    /// While a task with this key is open or a dead letter of the agency's, and for long after its end, another is not
    /// handed out. Nil for a task that may be there any number of times.
    package let uniqueKey: String?
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
        uniqueKey: String?,
        payload: [UInt8],
        priority: Int16 = 0,
        runAt: Timestamp? = nil
    ) throws(InvalidTask) {
        try Self.check(agency, "agency", Self.maximumNameBytes)
        try Self.check(kind, "kind", Self.maximumNameBytes)
        if let uniqueKey { try Self.check(uniqueKey, "unique key", Self.maximumKeyBytes) }
        let name = uniqueKey ?? "a task"
        guard payload.count <= Self.maximumPayloadBytes else {
            throw InvalidTask("the payload of \(name) has \(payload.count) of \(Self.maximumPayloadBytes) bytes")
        }
        guard Self.isJSON(payload), let text = String(validating: payload, as: UTF8.self) else {
            throw InvalidTask("the payload of \(name) is no JSON text")
        }
        guard Self.priorities ~= priority else {
            throw InvalidTask("the priority of \(name) is \(priority), outside of -100 to 100")
        }
        guard runAt.map({ $0 <= Self.latestRunAt }) ?? true else {
            throw InvalidTask("\(name) would wait beyond the year 9999")
        }
        self.agency = agency
        self.kind = kind
        self.uniqueKey = uniqueKey
        self.payload = text
        self.priority = priority
        self.runAt = runAt
    }

    private static func check(_ text: String, _ name: String, _ maximum: Int) throws(InvalidTask) {
        // The asterisk stands for all agencies, or kinds, where limits are set.
        guard !text.isEmpty, text.utf8.count <= maximum, text != "*", !text.utf8.contains(where: { $0 < 0x20 }) else {
            throw InvalidTask("the \(name) of a task must be one line of 1 to \(maximum) bytes, and not '*'")
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
