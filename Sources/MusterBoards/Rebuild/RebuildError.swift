package import EventSourcing

/// Why a board was not made again, or not gone back to. The board that people read is as it was.
package enum RebuildError: Error, Hashable, Sendable {
    case noSuchBoard(String)
    /// Somebody else makes this board at this moment.
    case underway(board: String, holder: String)
    /// The rows that people read were made by a newer version of Muster.
    case newerIsLive(board: String, live: Int, ours: Int)
    /// Somebody else has taken over, since this process was silent for too long.
    case leaseLost(board: String)
    case nothingToGoBackTo(board: String)
    /// The rows that people read never stood where the new ones do.
    case notCaughtUp(board: String, position: Position)
    /// The log ends before the position that the stored rows claim: it is not the log they were made from.
    case logTooShort(board: String, stored: Position, tail: Position)
}

extension RebuildError {
    /// Whether the same rebuild may succeed a little later.
    package var isWorthRepeating: Bool {
        switch self {
        case .underway, .leaseLost, .notCaughtUp: true
        case .noSuchBoard, .newerIsLive, .nothingToGoBackTo, .logTooShort: false
        }
    }
}

extension RebuildError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchBoard(let name):
            "there is no board \(name); there are \(BoardCatalogue.all.map { $0.name }.joined(separator: ", "))"
        case .underway(let board, let holder):
            "board \(board) is being rebuilt by \(holder); wait until that has ended"
        case .newerIsLive(let board, let live, let ours):
            "the rows of board \(board) are of version \(live), this program makes version \(ours): use the newer one"
        case .leaseLost(let board):
            "board \(board) was taken over by another rebuild while this one was silent; nothing was changed"
        case .nothingToGoBackTo(let board):
            "board \(board) has no earlier rows to go back to"
        case .notCaughtUp(let board, let position):
            """
            the stored rows of board \(board) never stood at position \(position) of the new ones, so that nothing could be \
            compared: see that a projector runs, and try again
            """
        case .logTooShort(let board, let stored, let tail):
            """
            the rows of board \(board) are of position \(stored), but the log ends at \(tail): these rows were made from \
            another log
            """
        }
    }
}
