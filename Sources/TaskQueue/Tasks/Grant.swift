/// The number of a task in its log's queue.
package struct TaskNumber: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (lhs: TaskNumber, rhs: TaskNumber) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension TaskNumber: CustomStringConvertible {
    package var description: String { String(rawValue) }
}

/// Which lease of a task is meant: each lease has a higher token than all before it.
package struct FencingToken: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(_ rawValue: Int64) { self.rawValue = rawValue }

    package static func < (lhs: FencingToken, rhs: FencingToken) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// What a worker shows to end or extend its lease: the task, and which of its leases.
package struct Grant: Hashable, Sendable {
    package let task: TaskNumber
    package let token: FencingToken

    package init(task: TaskNumber, token: FencingToken) {
        self.task = task
        self.token = token
    }
}
