import EventSourcing

/// The database's clock, as read the last time and gone on by our own since. It never goes back.
struct ServerClock: Sendable {
    private var read: Timestamp
    private var readAt: ContinuousClock.Instant
    private var last: Timestamp

    /// - Parameter asked: when the database was asked; the answer has just come.
    init(_ time: Timestamp, asked: ContinuousClock.Instant) {
        read = time
        readAt = asked + (.now - asked) / 2
        last = time
    }

    mutating func now() -> Timestamp {
        last = max(last, read + (ContinuousClock.now - readAt))
        return last
    }

    /// Sets it anew.
    mutating func set(_ time: Timestamp, asked: ContinuousClock.Instant) {
        read = time
        readAt = asked + (.now - asked) / 2
    }

    /// Goes forward to a time that the database's clock has shown already: a reading whose answer came late lags behind.
    mutating func advance(to time: Timestamp) {
        last = max(last, time)
    }

    /// When our own clock will show that time.
    func instant(of time: Timestamp) -> ContinuousClock.Instant { readAt + time.since(read) }
}
