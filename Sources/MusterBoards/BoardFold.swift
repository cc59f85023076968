package import MusterDomain

/// A board that folds by itself, with a book of its own: for rebuilds and looks into the past. Live boards share theirs.
package struct BoardFold<B: Board>: Sendable {
    package private(set) var board = B()
    private var book = ClockBook()

    package init() {}

    /// Takes in one fact; facts come in the order of their positions.
    ///
    /// - Returns: the keys of the rows that were inserted, altered or removed, in no particular order.
    @discardableResult
    package mutating func fold(_ fact: Fact) -> [String] {
        board.fold(fact, book.fold(fact))
    }
}
