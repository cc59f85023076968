import EventSourcing
import MusterTesting
import Testing

@testable import EventLog

struct EventRingTests {
    @Test(arguments: UInt64(1)...50)
    func `Overlapping pages and own batches in any order become one dense run`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let last: Int64 = 120
        var parts: [ClosedRange<Int64>] = []
        var first: Int64 = 1
        while first <= last {
            let end = min(last, first + Int64.random(in: 0..<20, using: &random))
            parts.append(first...end)
            first = end + 1
        }
        // Pages read from the log overlap what the process has committed itself.
        for _ in 0..<6 {
            let start = Int64.random(in: 1...last, using: &random)
            parts.append(start...min(last, start + Int64.random(in: 0..<40, using: &random)))
        }
        parts.shuffle(using: &random)
        var ring = EventRing(tail: .origin, eventLimit: 1_000, byteLimit: 1 << 20)
        for part in parts { _ = ring.take(part.map(Self.event)) }
        // What was dropped for want of room is read from the log.
        while ring.tail < Position(last) {
            let from = ring.tail.rawValue + 1
            _ = ring.take((from...min(last, from + 10)).map(Self.event))
        }
        #expect(ring.events(after: .origin, limit: 1_000)?.map(\.position.rawValue) == Array(1...last))
    }

    @Test
    func `A batch beyond the tail waits for the gap and says that there is one`() {
        var ring = EventRing(tail: Position(4), eventLimit: 100, byteLimit: 1 << 20)
        let whenEarly = ring.take((8...9).map(Self.event))
        #expect(!whenEarly)
        #expect(ring.tail == Position(4))
        let whenClosed = ring.take((5...7).map(Self.event))
        #expect(whenClosed)
        #expect(ring.tail == Position(9))
    }

    @Test
    func `What never joins the tail is bounded`() {
        var ring = EventRing(tail: .origin, eventLimit: 100, byteLimit: 1 << 20)
        for first in stride(from: Int64(10), to: 10_000, by: 10) { _ = ring.take([Self.event(first)]) }
        let isWhole = ring.take((1...9).map(Self.event))
        #expect(!isWhole)
        #expect(ring.tail == Position(10))
    }

    @Test(arguments: UInt64(1)...50)
    func `What nobody wants is passed over in any order, and what comes then is kept`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let wanted = Int64.random(in: 30...70, using: &random)
        // As many at once as two lanes have under way.
        var parts: [ClosedRange<Int64>] = []
        var first: Int64 = 1
        while first <= 100 {
            let end = first <= wanted ? min(wanted, first + 9) : min(100, first + 9)
            parts.append(first...end)
            first = end + 1
        }
        for index in stride(from: 0, to: parts.count - 1, by: 2) where Bool.random(using: &random) {
            parts.swapAt(index, index + 1)
        }
        var ring = EventRing(tail: .origin, eventLimit: 1_000, byteLimit: 1 << 20)
        for part in parts {
            if part.upperBound <= wanted {
                let last = EventRing.Identity(Self.event(part.upperBound))
                _ = ring.pass(part.count, after: Position(part.lowerBound - 1), last: last)
            } else {
                _ = ring.take(part.map(Self.event))
            }
        }
        #expect(ring.tail == Position(100))
        #expect(ring.last == EventRing.Identity(Self.event(100)))
        #expect(ring.events(after: Position(wanted - 1), limit: 1_000) == nil, "passed over, to be read from the log")
        #expect(ring.events(after: Position(wanted), limit: 1_000)?.map(\.position.rawValue) == Array(wanted + 1...100))
    }

    private static func event(_ position: Int64) -> RecordedEvent {
        RecordedEvent(
            position: Position(position),
            stream: StreamName(category: "ring", id: "1"),
            version: StreamVersion(Int32(position)),
            id: EventID(command: CommandID(UniqueID(high: 1, low: UInt64(position))), ordinal: 0),
            type: EventType("Counted"),
            occurredAt: Timestamp(microseconds: position),
            recordedAt: Timestamp(microseconds: position),
            metadata: [],
            data: []
        )
    }
}
