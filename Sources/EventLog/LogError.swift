package import EventSourcing

/// What must not be in a log, and yet is: an alarm, not something to try again.
package enum LogError: Error, Hashable, Sendable {
    /// Positions are dense; here one is missing.
    case hole(log: LogName, expected: Position, found: Position)
    /// Events that are wanted are in partitions that were detached: they are not lost, but away, as are all of these
    /// positions around them.
    case detached(log: LogName, positions: ClosedRange<Position>)
    /// An event that was read is not there any more, or another stands in its place: the server is not the one that showed
    /// it, or was set back. What was made of the log has to be made anew.
    case wentBack(log: LogName, position: Position)
    /// An event's type is not in the dictionary of types.
    case unknownType(log: LogName, position: Position, number: Int16)
}

extension LogError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .hole(let log, let expected, let found):
            "log \(log) has a hole: position \(expected) is missing, \(found) is there"
        case .detached(let log, let positions):
            "log \(log), positions \(positions.lowerBound) to \(positions.upperBound) are detached; attach them again: "
                + "muster log attach"
        case .wentBack(let log, let position):
            "log \(log) went back: the event that was read at position \(position) is not there any more"
        case .unknownType(let log, let position, let number):
            "log \(log), position \(position): event type \(number) is not in the dictionary"
        }
    }
}
