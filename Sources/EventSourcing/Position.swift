/// The place of an event in its log: 1, 2, 3 … dense and in commit order, never reused.
///
/// `.origin` (0) is the place before the first event; a reader that has seen nothing stands there.
package struct Position: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Before the first event of a log.
    package static let origin = Position(0)

    /// The place `count` events further on.
    package func advanced(by count: Int) -> Position { Position(rawValue + Int64(count)) }

    package static func < (lhs: Position, rhs: Position) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension Position: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
