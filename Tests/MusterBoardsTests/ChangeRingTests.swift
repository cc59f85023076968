import EventSourcing
import MusterTesting
import Testing

@testable import MusterBoards

@Suite struct ChangeRingTests {
    private func change(_ position: Int64, bytes: Int = 10) -> BoardChange {
        BoardChange(
            since: Position(position - 1),
            position: Position(position),
            rows: [],
            removed: [],
            json: Array(repeating: 0x20, count: bytes)
        )
    }

    private func ring(_ count: Int, bytes: Int = 1 << 20, holding positions: [Int64]) -> ChangeRing {
        var ring = ChangeRing(maximumCount: count, maximumBytes: bytes)
        for position in positions { ring.append(change(position)) }
        return ring
    }

    @Test func `the change after a position is found, also between positions`() {
        let ring = ring(8, holding: [3, 7, 9])

        #expect(ring.next(after: Position(0)) == .change(change(3)))
        #expect(ring.next(after: Position(3)) == .change(change(7)))
        #expect(ring.next(after: Position(5)) == .change(change(7)))
        #expect(ring.next(after: Position(9)) == .nothing)
    }

    @Test func `what has left the ring cannot be resumed from`() {
        let ring = ring(3, holding: [1, 2, 3, 4, 5])

        #expect(ring.count == 3)
        #expect(ring.floor == Position(2))
        #expect(ring.next(after: Position(1)) == .tooOld)
        #expect(ring.next(after: Position(2)) == .change(change(3)))
    }

    @Test func `bytes bound the ring as well`() {
        var ring = ChangeRing(maximumCount: 100, maximumBytes: 1_000)
        for position in 1...20 { ring.append(change(Int64(position), bytes: 100)) }

        #expect(ring.byteCount <= 1_000)
        #expect(ring.count < 20)
        #expect(ring.next(after: Position(19)) == .change(change(20, bytes: 100)))
    }

    @Test func `a change larger than the ring is not kept, and whoever needs it begins again`() {
        var ring = ChangeRing(maximumCount: 4, maximumBytes: 1_000)
        ring.append(change(1, bytes: 5_000))

        #expect(ring.count == 0)
        #expect(ring.byteCount == 0)
        #expect(ring.next(after: Position(0)) == .tooOld)
        #expect(ring.next(after: Position(1)) == .nothing)
    }

    @Test(arguments: [1, 2, 3, 7])
    func `it finds the same as a plain list`(capacity: Int) {
        var generator = SeededGenerator(seed: UInt64(capacity))
        var ring = ChangeRing(maximumCount: capacity, maximumBytes: 1 << 20)
        var list: [Int64] = []
        var position: Int64 = 0
        for _ in 0..<200 {
            position += Int64.random(in: 1...3, using: &generator)
            ring.append(change(position))
            list.append(position)
            let cursor = Int64.random(in: ring.floor.rawValue...position, using: &generator)
            let expected = list.first { $0 > cursor }.map { ChangeRing.Lookup.change(change($0)) } ?? .nothing
            #expect(ring.next(after: Position(cursor)) == expected)
        }
    }
}
