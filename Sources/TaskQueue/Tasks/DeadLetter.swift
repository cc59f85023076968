package import EventSourcing

/// A task that was given up, as a person looks at it.
package struct DeadLetter: Hashable, Sendable {
    package let task: TaskNumber
    package let agency: String
    package let kind: String
    package let uniqueKey: String?
    /// JSON text.
    package let payload: String
    package let priority: Int16
    package let attempts: Int32
    /// What went wrong last.
    package let error: String
    package let enqueuedAt: Timestamp
    package let diedAt: Timestamp
}
