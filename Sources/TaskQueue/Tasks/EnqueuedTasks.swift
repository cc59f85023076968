import EventSourcing

/// Tasks that a transaction has added to the queue. Once it is committed, the queue is told of them: `Queue.announce`.
package struct EnqueuedTasks: Sendable {
    let tasks: [EnqueuedTask]

    /// In the order in which they were given.
    package var numbers: [TaskNumber] { tasks.map { TaskNumber($0.number) } }
    package var count: Int { tasks.count }
}
