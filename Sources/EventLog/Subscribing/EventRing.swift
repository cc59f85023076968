import DequeModule
import EventSourcing

/// The newest events of a log in memory: dense, bounded by count and bytes.
struct EventRing {
    private var events: Deque<RecordedEvent> = []
    private var bytes = 0
    private let eventLimit: Int
    private let byteLimit: Int
    /// The position of the last event seen, also when the ring keeps none.
    private(set) var tail: Position

    init(tail: Position, eventLimit: Int, byteLimit: Int) {
        self.tail = tail
        self.eventLimit = max(1, eventLimit)
        self.byteLimit = byteLimit
    }

    /// A reader that stands here or later, but not past `tail`, is served from memory.
    var start: Position { Position(tail.rawValue - Int64(events.count)) }

    /// Adds events that follow `tail` directly.
    mutating func append(_ newEvents: [RecordedEvent]) {
        for event in newEvents {
            events.append(event)
            bytes += event.byteCount
            tail = event.position
        }
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
