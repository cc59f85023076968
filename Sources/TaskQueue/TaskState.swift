/// Where a task stands.
package enum TaskState: String, Hashable, Sendable, CaseIterable {
    /// Due, or waiting for its time.
    case waiting
    /// With a worker until the lease ends.
    case leased
    /// Handed over and acknowledged.
    case done
    /// Ended on purpose without being handed over.
    case withheld
    /// A dead letter: given up, until a person sends it again.
    case dead
}
