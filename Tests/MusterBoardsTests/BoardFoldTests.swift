import EventSourcing
import MusterBoards
import MusterDomain
import MusterTesting
import Testing

/// What holds for every board, whatever happens.
@Suite struct BoardFoldTests {
    static let seeds: [UInt64] = [1, 2, 3, 42, 1_877, 20_261_121]

    @Test(arguments: seeds)
    func `the keys that a fold returns are enough to keep the operations board`(seed: UInt64) throws {
        try checkKeys(OperationsBoard.self, seed)
    }

    @Test(arguments: seeds)
    func `the keys that a fold returns are enough to keep the whistles board`(seed: UInt64) throws {
        try checkKeys(WhistlesBoard.self, seed)
    }

    private func checkKeys<B: Board>(_: B.Type, _ seed: UInt64) throws {
        let story = Story.random(400, seed: seed)
        var board = B()
        var kept: [String: B.Row] = [:]
        for fact in try story.facts {
            for key in board.fold(fact) { kept[key] = board.row(key) }
            let isKept = kept.values.sorted { $0.order < $1.order } == board.rows()
            try #require(isKept, "seed \(seed) at \(fact.position)")
        }
    }

    @Test(arguments: seeds)
    func `the same facts give the same board`(seed: UInt64) throws {
        let story = Story.random(400, seed: seed)

        let (one, other) = (try OperationsBoard(story), try OperationsBoard(story))

        #expect(one.rows() == other.rows(), "seed \(seed)")
        #expect(one.figures(at: .evening) == other.figures(at: .evening), "seed \(seed)")
    }

    @Test func `a board folded half-way and copied goes on as if it were one`() throws {
        let story = Story.random(400, seed: 7)
        let facts = try story.facts
        var half = WhistlesBoard()
        for fact in facts.prefix(200) { _ = half.fold(fact) }
        let kept = half.rows()

        var copy = half
        for fact in facts.dropFirst(200) { _ = copy.fold(fact) }

        let expected = try WhistlesBoard(story)
        #expect(copy.rows() == expected.rows())
        #expect(half.rows() == kept)
    }

    @Test func `events of a type that a later version writes change nothing`() throws {
        var story = Story.blockedLane()
        let before = try OperationsBoard(story).rows()
        story.tellTheFuture(Story.now, of: "W-0412")

        #expect(try OperationsBoard(story).rows() == before)
    }

    @Test func `the order written as text is the order`() {
        var generator = SeededGenerator(seed: 5)
        let groups: [BoardOrder.Group] = [.running, .paused, .waiting]
        let orders = (0..<500).map { _ in
            BoardOrder(
                group: groups.randomElement(using: &generator) ?? .running,
                due: Bool.random(using: &generator)
                    ? Timestamp(microseconds: Int64.random(in: -5_000...5_000, using: &generator)) : nil,
                position: Position(Int64.random(in: 0...3, using: &generator)),
                key: "M-\(Int.random(in: 1...99, using: &generator))"
            )
        }

        #expect(orders.sorted().map(\.text) == orders.map(\.text).sorted())
    }
}
