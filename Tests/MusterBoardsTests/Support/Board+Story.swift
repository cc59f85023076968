import EventSourcing
import MusterBoards

extension Board {
    /// The board after a story.
    init(_ story: Story) throws {
        self = try BoardFold<Self>(story).board
    }
}

extension BoardFold {
    /// The fold after the first facts of a story, or after all.
    init(_ story: Story, first count: Int = .max) throws {
        self.init()
        for fact in try story.facts.prefix(count) { fold(fact) }
    }
}

extension BoardMoment {
    static let evening = BoardMoment(now: Story.now)
}
