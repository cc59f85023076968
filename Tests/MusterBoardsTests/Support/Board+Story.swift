import EventSourcing
import MusterBoards

extension Board {
    /// The board after a story.
    init(_ story: Story) throws {
        self.init()
        for fact in try story.facts { _ = fold(fact) }
    }
}

extension BoardMoment {
    static let evening = BoardMoment(now: Story.now)
}
