package import EventSourcing
package import MusterDomain
package import Records

/// A pure fold from facts to keyed rows, and the figures that stand beside them.
///
/// The same fold serves the live board, the stored rows and a rebuild: equal facts in equal order give equal rows,
/// however they were cut into batches. A fold reads no clock; what depends on the present is asked for with a moment.
package protocol Board: Sendable {
    associatedtype Row: BoardRow
    associatedtype Figures: BoardFigures

    /// How addresses, tables and metrics call the board.
    static var name: String { get }
    /// Rises whenever the same facts give other rows than before.
    static var version: Int { get }

    /// The board before the first fact.
    init()

    /// Takes in one fact; facts come in the order of their positions.
    ///
    /// - Parameter clocks: what the fact did to the clocks of the log, which one book keeps for all boards.
    /// - Returns: the keys of the rows that were inserted, altered or removed, in no particular order.
    mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String]

    /// The row as it stands; nil when there is none, or none any more.
    func row(_ key: String) -> Row?

    /// Every row, in the board's order.
    func rows() -> [Row]

    /// What stands beside the rows, as seen at a moment that is not before the last fact.
    func figures(at moment: BoardMoment) -> Figures

    /// Writes the board's own members of a snapshot into an object that is open.
    static func write(_ rows: [Row], _ figures: Figures, to writer: inout JSONWriter)
}

extension Board {
    package static func write(_ rows: [Row], _ figures: Figures, to writer: inout JSONWriter) {
        writer.name("rows")
        writer.beginArray()
        for row in rows { row.write(to: &writer) }
        writer.endArray()
        figures.write(since: nil, to: &writer)
    }
}

/// One row of a board.
package protocol BoardRow: Sendable, Equatable {
    /// Unique in its board and stable while the row lives.
    var key: String { get }
    var order: BoardOrder { get }

    /// Writes the row as one JSON value.
    func write(to writer: inout JSONWriter)
}

extension BoardRow {
    package func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        write(to: &writer)
        return writer.bytes
    }
}

/// What a board shows beside its rows.
package protocol BoardFigures: Sendable, Equatable {
    /// Writes the members that differ from `previous` into an object that is open; all of them when it is nil.
    func write(since previous: Self?, to writer: inout JSONWriter)
}

/// The present as a board needs it: the time, which day that is in the town, and what is usual there.
package struct BoardMoment: Hashable, Sendable {
    package let now: Timestamp
    /// The town's distance from UTC, which decides where a day begins.
    package let offset: Duration
    package let targets: BoardTargets

    package init(now: Timestamp, offset: Duration = .seconds(8 * 3_600), targets: BoardTargets = .standard) {
        self.now = now
        self.offset = offset
        self.targets = targets
    }

    /// When the town's present day began.
    package var startOfDay: Timestamp {
        let day: Int64 = 86_400_000_000
        let local = now.microseconds &+ offset.wholeMicroseconds
        let sinceMidnight = ((local % day) + day) % day
        return Timestamp(microseconds: now.microseconds &- sinceMidnight)
    }
}
