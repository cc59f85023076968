import TaskQueue

/// How the queue stands, asked once for all who look at the same time: a page that many keep open costs as one.
actor QueueGlance {
    private static let freshness = Duration.seconds(1)

    private let queue: Queue
    private var last: (report: QueueReport, at: ContinuousClock.Instant)?
    private var asking: Task<QueueReport, any Error>?
    /// How often what was known was no longer so.
    private var changes = 0

    init(queue: Queue) { self.queue = queue }

    func report() async throws -> QueueReport {
        if let last, last.at.duration(to: .now) < Self.freshness { return last.report }
        if let asking { return try await asking.value }
        let asked = changes
        let queue = queue
        // Not of the first who asks: others wait for the answer when that one goes away.
        let task = Task { try await queue.report() }
        asking = task
        defer { if asked == changes { asking = nil } }
        let report = try await task.value
        if asked == changes { last = (report, .now) }
        return report
    }

    /// Somebody has changed something: whoever looks next sees it.
    func forget() {
        changes += 1
        last = nil
        asking = nil
    }
}
