import EventSourcing
import Records
import TaskQueue

/// A task as a party's system receives it.
struct WebhookMessage: Sendable {
    /// Known to the receiver from an earlier attempt when the task is handed over again.
    let id: String
    /// The same bytes at each attempt.
    let body: [UInt8]

    init(_ task: LeasedTask, log: LogName) {
        id = Self.headerValue(task.uniqueKey)
        var writer = JSONWriter(capacity: task.payload.utf8.count + 200)
        writer.beginObject()
        writer.member("type", task.kind)
        writer.member("timestamp", task.enqueuedAt.rfc3339)
        writer.member("log", log.rawValue)
        writer.member("party", task.agency)
        writer.name("data")
        writer.json(task.payload.utf8)
        writer.endObject()
        body = writer.bytes
    }

    /// The key as a header can carry it: bytes other than visible ASCII are written as `%XX`, and so is `%`.
    private static func headerValue(_ key: String) -> String {
        var value = ""
        for byte in key.utf8 {
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "%") {
                value.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                value += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return value
    }
}
