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
        try checkKeys(FeedbackBoard.self, seed)
        try checkKeys(GridsBoard.self, seed)
    }

    private func checkKeys<B: Board>(_: B.Type, _ seed: UInt64) throws {
        let story = Story.random(400, seed: seed)
        var fold = BoardFold<B>()
        var kept: [String: B.Row] = [:]
        for fact in try story.facts {
            for key in fold.fold(fact) { kept[key] = fold.board.row(key) }
            let isKept = kept.values.sorted { $0.order < $1.order } == fold.board.rows()
            try #require(isKept, "seed \(seed) at \(fact.position)")
        }
    }

    @Test(arguments: seeds)
    func `rows kept fact by fact are those that all facts of their matter give`(seed: UInt64) throws {
        let facts = try Story.random(400, seed: seed).facts
        var operations = BoardFold<OperationsBoard>()
        var whistles = BoardFold<WhistlesBoard>()
        for (index, fact) in facts.enumerated() {
            operations.fold(fact)
            whistles.fold(fact)
            // Every fact in turn would take minutes; a prime leaves no kind of fact out.
            guard index.isMultiple(of: 7) || index == facts.count - 1 else { continue }
            let fresh = Self.rows(from: facts[...index])
            let isSame = operations.board.rows() == fresh
            let isSameWhistles = whistles.board.rows() == fresh.filter { $0.department != nil }
            try #require(isSame && isSameWhistles, "seed \(seed) at \(fact.position)")
        }
    }

    /// The rows of all matters, made from nothing but the facts.
    private static func rows(from facts: ArraySlice<Fact>) -> [ClockRow] {
        var register = Register()
        for fact in facts { register.fold(fact) }
        let matters = Dictionary(grouping: facts.filter { $0.stream.category == "matter" }) { $0.stream.id }
        let views = matters.compactMap { id, facts in
            MatterID(rawValue: String(id)).flatMap { MatterView($0, facts: facts, register: register) }
        }
        return views.flatMap { $0.rows }.sorted { $0.order < $1.order }
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
        let half = try BoardFold<WhistlesBoard>(story, first: 200)
        let kept = half.board.rows()

        var copy = half
        for fact in try story.facts.dropFirst(200) { copy.fold(fact) }

        let expected = try WhistlesBoard(story)
        #expect(copy.board.rows() == expected.rows())
        #expect(half.board.rows() == kept)
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
