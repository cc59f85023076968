package import EventSourcing

/// Where a row stands: running clocks first, the one that is due soonest on top, so that the longest overdue leads; then
/// paused ones, then those that wait for others; ties by position, and by key for rows that one event made.
package struct BoardOrder: Hashable, Comparable, Sendable {
    /// The groups of a board, in their order.
    package enum Group: Int, Hashable, Comparable, Sendable {
        case running
        case paused
        case waiting

        package static func < (lhs: Group, rhs: Group) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    package let group: Group
    /// Nil stands after every deadline of the group.
    package let due: Timestamp?
    package let position: Position
    /// The row's key, so that no two rows of a board are equal in order.
    package let key: String

    package init(group: Group, due: Timestamp?, position: Position, key: String) {
        self.group = group
        self.due = due
        self.position = position
        self.key = key
    }

    package static func < (lhs: BoardOrder, rhs: BoardOrder) -> Bool {
        if lhs.group != rhs.group { return lhs.group < rhs.group }
        if lhs.due != rhs.due {
            guard let left = lhs.due else { return false }
            guard let right = rhs.due else { return true }
            return left < right
        }
        return lhs.position == rhs.position ? lhs.key < rhs.key : lhs.position < rhs.position
    }

    /// The same order as text: a page puts a changed row where its text belongs, byte by byte, and computes nothing.
    package var text: String {
        let due = UInt64(bitPattern: self.due?.microseconds ?? .max) ^ (1 << 63)
        return "\(group.rawValue)-\(hex(due))-\(hex(UInt64(bitPattern: position.rawValue)))-\(key)"
    }

    private func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
