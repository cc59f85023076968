package import EventSourcing
import MusterDomain

/// A live board without its type: for doors that send any board as bytes.
package protocol BoardFeed: Sendable {
    var name: String { get }
    var version: Int { get }
    /// The last event that the board has taken in.
    var position: Position { get }

    /// The whole board as JSON.
    func encodedSnapshot() -> EncodedSnapshot

    /// Every row as JSON, in order, and the position they belong to.
    func encodedRows() -> (position: Position, rows: [BoardChange.Row])

    /// The last erasure of a person that the board has taken in: rows of before tell what was erased.
    var erasedThrough: Position { get }

    /// The events up to the board's position that could not be read.
    var parked: ParkedEvents { get }

    /// The same as JSON.
    func encodedParked() -> [UInt8]

    /// What changes after a position, in order, each change once; begins with a reset when the position is nil, has left
    /// the ring, or is ahead of this process. Ends when the boards stop or the task is cancelled.
    func changes(after position: Position?) -> BoardChanges

    /// Who is to watch the board for long.
    func watch() -> BoardWatch
}

/// The reader's side of a live board.
protocol LiveFold: Sendable {
    /// Takes in the facts of one batch, each with what it did to the clocks, and tells watchers.
    func fold(
        _ facts: [Fact],
        _ clocks: [ClockChanges],
        through position: Position,
        recordedAt: Timestamp,
        parked: ParkedEvents
    )

    /// From here on changes are kept for watchers.
    func becomeCaughtUp()
}
