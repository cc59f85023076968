/// How far an audit or an export is.
package struct AuditProgress: Hashable, Sendable {
    package let events: Int
    package let totalEvents: Int
    package let elapsed: Duration

    package init(events: Int, totalEvents: Int, elapsed: Duration) {
        self.events = events
        self.totalEvents = totalEvents
        self.elapsed = elapsed
    }

    package var eventsPerSecond: Double { seconds > 0 ? Double(events) / seconds : 0 }

    /// Time left at the rate so far; nil before the first events.
    package var remaining: Duration? {
        guard events > 0, seconds > 0 else { return nil }
        return .seconds(seconds * Double(totalEvents - events) / Double(events))
    }

    private var seconds: Double {
        Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }
}
