/// How a queue repeats and keeps tasks. All processes of a log use the same.
package struct QueueConfiguration: Hashable, Sendable {
    /// How often, and after what waits, a task is tried again.
    package struct Retries: Hashable, Sendable {
        /// The wait after the first failure; it doubles with each further one.
        package var first = Duration.seconds(5)
        package var longest = Duration.seconds(900)
        /// The share by which a wait is made longer or shorter at random, so that failures of one moment spread: 0…1.
        package var jitter = 0.2
        /// Leases of one task before it becomes a dead letter. With the waits above, the last comes after some six hours.
        package var attempts: Int32 = 30

        package init() {}
    }

    /// For kinds that are not among `retriesOfKind`.
    package var retries = Retries()
    package var retriesOfKind: [String: Retries] = [:]
    /// What one step of priority is worth in waiting: a task is overtaken only by tasks that may start less than this
    /// later, times the difference of their priorities.
    package var ageing = Duration.seconds(4 * 3_600)

    /// How often a dispatcher looks for itself what others enqueued or changed.
    package var pollInterval = Duration.milliseconds(250)
    /// How often a process says that it lives.
    package var heartbeatInterval = Duration.milliseconds(500)
    /// A process that was silent for so long has lost what was leased to it.
    package var silenceLimit = Duration.seconds(3)
    /// So long a new dispatcher waits for processes to say that they live.
    package var takeOverPatience = Duration.seconds(2)
    /// How often a process that does not lead tries to.
    package var candidacyInterval = Duration.milliseconds(500)

    /// How often a dispatcher looks after the segments.
    package var keepingInterval = Duration.seconds(1)
    /// How many tasks a segment holds before the next begins; more when more come between two looks after it, or within
    /// `segmentTime`.
    package var segmentTasks = 1_000_000
    /// How long a segment is the current one at least. A switch leaves some dead rows in the catalogue, for as long as
    /// somebody holds an older snapshot, so that there are at most four a minute however many tasks come.
    package var segmentTime = Duration.seconds(15)
    /// What a segment holds is kept at most so long after it has ended.
    package var retention = Duration.seconds(30 * 86_400)
    /// How many ended tasks keep their unique keys.
    package var rememberedKeys = 500_000
    /// How many bytes of payloads a dispatcher keeps in memory; others are read again when they are handed out.
    package var contentBytes = 64 << 20
    /// How many workers may wait at a dispatcher; the next is refused.
    package var waitingTurns = 20_000

    package init() {}

    func retries(of kind: String) -> Retries { retriesOfKind[kind] ?? retries }
}
