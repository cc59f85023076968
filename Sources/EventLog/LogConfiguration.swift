import EventSourcing

/// The bounds and limits of one handle of a log. The defaults suit a gateway of one machine.
package struct LogConfiguration: Sendable {
    /// Appends that may wait at once; the next is refused with `.overloaded`.
    package var waitingLimit = 20_000
    /// Bytes of payload and metadata that may wait at once.
    package var waitingByteLimit = 64 * 1_024 * 1_024
    /// Events in one append.
    package var appendEventLimit = 1_000
    /// Bytes of one event's payload, and of an append's metadata.
    package var eventByteLimit = 256 * 1_024
    /// Events in one transaction, unless one append alone has more. Past some hundreds nothing more is won per event; small
    /// enough for the lanes to share what waits, so that one works on the server while another commits.
    package var batchEventLimit = 256
    /// Bytes of payload and metadata in one transaction, and so in one append.
    package var batchByteLimit = 8 * 1_024 * 1_024
    /// Transactions under way at once: while one is being committed, the other does what it can before the lock.
    package var lanes = 2
    /// Appends that must wait before another lane begins beside one at work. Fewer are not worth a transaction of their
    /// own: the next of the lane at work takes them.
    package var laneThreshold = 32
    /// The same two for a log of the past, when they are more. An import has thousands of events waiting and nobody who
    /// waits for one of them: fewer commits, and more that is done beside each.
    package var historyBatchEventLimit = 2_000
    package var historyLanes = 4
    /// Events in one partition of the log: what can be detached at once.
    package var partitionEvents = 5_000_000
    /// How long one transaction may take before its connection is given up and its ids are asked again.
    package var appendTimeout = Duration.seconds(10)
    /// How long an append is kept while the server cannot be reached, from the moment it could not.
    package var patience = Duration.seconds(5)
    /// Connections of the pool that reads, and that boards and tasks share.
    package var poolSize = 8
    /// Newest events kept in memory for subscriptions.
    package var ringEventLimit = 8_192
    /// Bytes of payload and metadata kept in memory for subscriptions.
    package var ringByteLimit = 32 * 1_024 * 1_024
    /// How often the log looks for events of other processes when nothing has told it of any.
    package var pollInterval = Duration.milliseconds(250)

    package init() {}

    /// As it holds for logs of the mode.
    func suited(to mode: LogMode) -> LogConfiguration {
        guard mode == .history else { return self }
        var suited = self
        suited.batchEventLimit = max(batchEventLimit, historyBatchEventLimit)
        suited.lanes = max(lanes, historyLanes)
        return suited
    }

    /// How many events there must be room for beyond the last: a whole partition, and any batch.
    var partitionRoom: Int { max(partitionEvents, batchEventLimit, appendEventLimit) }
}
