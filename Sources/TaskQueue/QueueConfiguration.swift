/// How a queue repeats and keeps tasks. All processes of a log use the same.
package struct QueueConfiguration: Hashable, Sendable {
    /// The wait after the first failure; it doubles with each further one.
    package var firstRetry = Duration.seconds(5)
    package var longestRetry = Duration.seconds(900)
    /// The share by which a wait is made longer or shorter at random, so that failures of one moment spread: 0…1.
    package var jitter = 0.2
    /// Leases of one task before it becomes a dead letter. With the waits above, the last comes after some six hours.
    package var attempts: Int32 = 30
    /// How often a waiting `lease` looks by itself for what other processes enqueued.
    package var pollInterval = Duration.seconds(1)
    /// How long an ended task and its unique key are kept.
    package var retention = Duration.seconds(30 * 86_400)
    /// How often used-up leases become dead letters, ended tasks are pruned and the gauges are set.
    package var keepingInterval = Duration.seconds(5)

    package init() {}
}
