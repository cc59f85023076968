import DequeModule
import EventSourcing

/// The newest events of a log in memory: dense, bounded by count and bytes.
///
/// Events come from two sides, as pages read from the log and as batches that this process has committed itself. The two
/// overlap and may arrive in any order; what is beyond the tail waits until the gap before it is closed.
struct EventRing {
    private var events: Deque<RecordedEvent> = []
    private var bytes = 0
    /// Batches beyond the tail by the position before their first event.
    private var early: [Position: Run] = [:]
    /// More than the lanes of a process have under way. What is dropped is read from the log instead.
    private static let earlyLimit = 16
    private let eventLimit: Int
    private let byteLimit: Int
    /// The position of the last event seen, also when the ring keeps none.
    private(set) var tail: Position
    /// What stands at `tail`; nil while it was not seen.
    private(set) var last: Identity?

    /// What tells an event from another that has taken its place.
    struct Identity: Equatable, Sendable {
        let id: EventID
        let recordedAt: Timestamp

        init(_ event: RecordedEvent) {
            self.init(id: event.id, recordedAt: event.recordedAt)
        }

        init(id: EventID, recordedAt: Timestamp) {
            self.id = id
            self.recordedAt = recordedAt
        }
    }

    /// Events that follow each other without a gap.
    private struct Run {
        let before: Position
        let end: Position
        let last: Identity
        /// Nil when nobody wants them: the ring keeps none then, and stands behind them.
        let events: [RecordedEvent]?
    }

    init(tail: Position, last: Identity? = nil, eventLimit: Int, byteLimit: Int) {
        self.tail = tail
        self.last = last
        self.eventLimit = max(1, eventLimit)
        self.byteLimit = byteLimit
    }

    /// A reader that stands here or later, but not past `tail`, is served from memory.
    var start: Position { Position(tail.rawValue - Int64(events.count)) }

    /// Takes in events that follow each other without a gap; those up to `tail` are known already.
    ///
    /// - Returns: false when there is a gap between the tail and what is known beyond it.
    mutating func take(_ newEvents: [RecordedEvent]) -> Bool {
        guard let first = newEvents.first, let last = newEvents.last else { return early.isEmpty }
        let before = first.position.advanced(by: -1)
        return take(Run(before: before, end: last.position, last: Identity(last), events: newEvents))
    }

    /// Takes note of so many events after a position without keeping any, as long as nobody would read them here.
    ///
    /// - Parameter last: the last of them.
    /// - Returns: the same.
    mutating func pass(_ count: Int, after before: Position, last: Identity) -> Bool {
        take(Run(before: before, end: before.advanced(by: count), last: last, events: nil))
    }

    private mutating func take(_ run: Run) -> Bool {
        if run.before <= tail {
            append(run)
        } else if early.count < Self.earlyLimit {
            early[run.before] = run
        }
        while let before = early.keys.filter({ $0 <= tail }).min(), let run = early.removeValue(forKey: before) {
            append(run)
        }
        return early.isEmpty
    }

    private mutating func append(_ run: Run) {
        guard run.end > tail else { return }
        if let newEvents = run.events {
            for event in newEvents.dropFirst(Int(clamping: tail.rawValue - run.before.rawValue)) {
                events.append(event)
                bytes += event.byteCount
            }
        } else {
            events.removeAll()
            bytes = 0
        }
        tail = run.end
        last = run.last
        while events.count > eventLimit || bytes > byteLimit, let oldest = events.popFirst() {
            bytes -= oldest.byteCount
        }
    }

    /// The events after a position, at most `limit`; nil when the ring no longer holds them.
    func events(after position: Position, limit: Int) -> [RecordedEvent]? {
        guard position >= start else { return nil }
        guard position < tail else { return [] }
        let first = Int(position.rawValue - start.rawValue)
        return Array(events[first..<min(events.count, first + max(0, limit))])
    }
}

extension RecordedEvent {
    fileprivate var byteCount: Int { data.count + metadata.count }
}
