/// Notifications that arrived while the connection did something else, the newest of them.
///
/// A notification is a hint and polling is the truth: when nobody takes them, the oldest go.
struct NotificationBuffer: Sendable {
    static let limit = 1024

    private var notifications: [Notification] = []
    private(set) var dropped = 0

    mutating func append(_ notification: Notification) {
        if notifications.count == Self.limit {
            notifications.removeFirst()
            dropped += 1
        }
        notifications.append(notification)
    }

    mutating func takeFirst() -> Notification? {
        notifications.isEmpty ? nil : notifications.removeFirst()
    }
}
