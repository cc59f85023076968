import EventSourcing
import Metrics
package import Postgres

/// The tasks of one log: a durable queue in its schema, from which workers of an agency lease what is for them.
///
/// ```
///            lease                acknowledge
///  waiting ────────▶ leased ───────────────────▶ done
///     ▲                │ ├──────────────────────▶ withheld   (ended on purpose without being handed over)
///     │  fail,         │ │  attempts used up, or
///     ├────────────────┘ │  trying again cannot help
///     │  or the lease    └──────────────────────▶ dead ───┐
///     │  has run out                                       │ resend
///     └────────────────────────────────────────────────────┘
/// ```
///
/// - A task is enqueued in the caller's transaction: with the caller's own writes or not at all. Its unique key makes a
///   repetition harmless, also after the task has ended, until it is pruned.
/// - A lease is a row's state, a due time and a token one higher than before. Only the holder of the newest token can end,
///   extend or fail the task; a worker that was overtaken is told so. Nobody renews anything: a worker that dies leaves a
///   lease whose time runs out, and the next `lease` takes the task over, one attempt further.
/// - So a task is handed over at least once. It is handed over again when a worker did it and died, or lost its lease,
///   before it acknowledged: receivers recognise the unique key.
/// - The database clock alone decides what is due and which lease has run out.
package struct Queue: Sendable {
    package let configuration: QueueConfiguration
    let pool: ConnectionPool
    private let wakeUps = WakeUps()

    /// - Parameter pool: connections bound to the log's schema.
    package init(pool: ConnectionPool, configuration: QueueConfiguration = QueueConfiguration()) {
        self.pool = pool
        self.configuration = configuration
    }

    // MARK: Enqueue

    /// Adds tasks in the caller's transaction and returns how many are new; those whose unique key is known are left out.
    ///
    /// Call `wake(_:)` after the commit, so that workers waiting in this process need not poll first.
    package func enqueue(_ tasks: [NewTask], in transaction: Connection) async throws(PostgresError) -> Int {
        guard !tasks.isEmpty else { return 0 }
        let added = try await transaction.execute(
            QueueSQL.enqueue,
            tasks.map(\.agency),
            tasks.map(\.kind),
            tasks.map(\.uniqueKey),
            tasks.map(\.payload),
            tasks.map(\.priority),
            tasks.map { $0.runAt.map(PostgresTimestamp.init) ?? .negativeInfinity }
        )
        Counter(label: "task_queue_enqueued_total").increment(by: added)
        return added
    }

    /// Tells workers waiting in this process that these agencies have new tasks. A hint: they also look by themselves.
    package func wake(_ agencies: some Sequence<String>) {
        wakeUps.signal(Set(agencies))
    }

    /// Calls the body with a waiter that hears of every `wake(_:)` for these agencies from now on.
    package func withWaiter<T>(
        for agencies: Set<String>,
        _ body: (QueueWaiter) async throws -> T
    ) async rethrows -> T {
        try await wakeUps.withWaiter(for: agencies, body)
    }

    // MARK: Lease

    /// Leases what is due, by priority and then by age, waiting up to `patience` for the first task.
    ///
    /// - Parameters:
    ///   - demands: whose tasks and how many of each, at least one; an agency is named once.
    ///   - term: until when the worker must have ended, failed or extended the lease.
    ///   - worker: who leases, for people who look at the queue.
    /// - Returns: empty when nothing became due in time, and at once on graceful shutdown.
    /// - Throws: `PostgresError`; `CancellationError` when cancelled while waiting. When the outcome of a call is unknown,
    ///   tasks may be leased to nobody: they are due again after the term.
    package func lease(
        _ demands: [Demand],
        for term: Duration,
        worker: String,
        patience: Duration = .zero
    ) async throws -> [LeasedTask] {
        let agencies = Set(demands.map(\.agency))
        let end = ContinuousClock.now.advanced(by: patience)
        // Registered before the first look, so that a signal between look and wait is not lost.
        return try await wakeUps.withWaiter(for: agencies) { waiter in
            while true {
                let tasks = try await leaseNow(demands, for: term, worker: worker)
                let now = ContinuousClock.now
                guard tasks.isEmpty, now < end else { return tasks }
                guard try await waiter.wait(until: min(end, now.advanced(by: configuration.pollInterval))) else {
                    return []
                }
            }
        }
    }

    private func leaseNow(
        _ demands: [Demand],
        for term: Duration,
        worker: String
    ) async throws(PostgresError) -> [LeasedTask] {
        let rows = try await pool.query(
            QueueSQL.lease,
            demands.map(\.agency),
            demands.map(\.amount),
            configuration.attempts,
            term.inSeconds,
            worker
        )
        var tasks: [LeasedTask] = []
        tasks.reserveCapacity(rows.count)
        for row in rows { tasks.append(try LeasedTask(row)) }
        Counter(label: "task_queue_leased_total").increment(by: tasks.count)
        return tasks.sorted { ($1.priority, $0.grant.task) < ($0.priority, $1.grant.task) }
    }

    // MARK: End a lease

    /// Ends tasks as done.
    ///
    /// - Parameter agency: when given, only this agency's tasks count; others are refused.
    /// - Returns: which were accepted. Missing are those whose lease was overtaken or which ended otherwise: whatever the
    ///   worker did will be, or was, done again. Acknowledging again under the same lease is accepted again.
    package func acknowledge(_ grants: [Grant], of agency: String? = nil) async throws(PostgresError) -> Set<Grant> {
        let accepted = try await end(grants, as: .done, of: agency, note: nil)
        Counter(label: "task_queue_done_total").increment(by: accepted.count)
        return accepted
    }

    /// Ends tasks that are deliberately not handed over; `reason` stays with them. Accepted as in `acknowledge`.
    package func withhold(_ grants: [Grant], reason: String) async throws(PostgresError) -> Set<Grant> {
        let accepted = try await end(grants, as: .withheld, of: nil, note: reason.storable)
        Counter(label: "task_queue_withheld_total").increment(by: accepted.count)
        return accepted
    }

    /// Gives tasks back that could not be done, and returns which were accepted.
    package func fail(_ failures: [TaskFailure], of agency: String? = nil) async throws(PostgresError) -> Set<Grant> {
        guard !failures.isEmpty else { return [] }
        let rows = try await pool.query(
            QueueSQL.fail,
            failures.map(\.grant.task.rawValue),
            failures.map(\.grant.token.rawValue),
            failures.map { $0.error.storable },
            failures.map(\.consequence.delaySeconds),
            failures.map { $0.consequence == .bury },
            configuration.attempts,
            configuration.firstRetry.inSeconds,
            configuration.longestRetry.inSeconds,
            configuration.jitter,
            agency
        )
        var dead = 0
        for row in rows where try row.value(2, as: Bool.self) { dead += 1 }
        Counter(label: "task_queue_failed_total").increment(by: rows.count)
        Counter(label: "task_queue_dead_total").increment(by: dead)
        return try Set(grantsIn: rows)
    }

    /// Lets leases last at least `term` from now, and returns which were accepted.
    package func extend(
        _ grants: [Grant],
        for term: Duration,
        of agency: String? = nil
    ) async throws(PostgresError) -> Set<Grant> {
        guard !grants.isEmpty else { return [] }
        let rows = try await pool.query(
            QueueSQL.extend,
            grants.map(\.task.rawValue),
            grants.map(\.token.rawValue),
            term.inSeconds,
            agency
        )
        return try Set(grantsIn: rows)
    }

    private func end(
        _ grants: [Grant],
        as state: TaskState,
        of agency: String?,
        note: String?
    ) async throws(PostgresError) -> Set<Grant> {
        guard !grants.isEmpty else { return [] }
        let rows = try await pool.query(
            QueueSQL.end,
            grants.map(\.task.rawValue),
            grants.map(\.token.rawValue),
            state.rawValue,
            agency,
            note
        )
        return try Set(grantsIn: rows)
    }
}
