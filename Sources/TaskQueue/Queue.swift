import EventSourcing
package import Logging
import Metrics
package import Postgres
import ServiceLifecycle
import Synchronization

/// The tasks of one log, as one process holds it: a durable queue in the log's schema, from which workers of an agency
/// lease what is for them.
///
/// ```
///             due                lease                 end
///  scheduled ─────▶ ready ───────────────▶ leased ──────────▶ done, withheld
///      ▲              ▲                     │ │ │
///      │   fail       │  the lease is over  │ │ │  attempts used up, or trying again cannot help
///      ├──────────────┼─────────────────────┘ │ └───────────▶ dead ──┐
///      │              └───────────────────────┘                      │ resend
///      └─────────────────────────────────────────────────────────────┘
/// ```
///
/// - A task is enqueued in the caller's transaction: with the caller's own writes or not at all.
/// - One dispatcher per queue decides who gets what; in whatever process it is, this handle finds it (`exchange`). It
///   writes each decision down before anybody hears of it.
/// - A lease has a token, higher than all before. Only the holder of a task's newest token can end, extend or fail it; a
///   worker that was overtaken is told so. A lease is over at its deadline, and within seconds when it ends with a process
///   and that process dies.
/// - So a task is handed over at least once. It is handed over again when a worker did it and died, or lost its lease,
///   before its acknowledgement was written: receivers recognise the unique key.
/// - The database's clock alone decides what is due and which lease is over.
package final class Queue: Service, Sendable {
    package let configuration: QueueConfiguration
    /// Names this process among all that share the queue.
    package let process: String
    let pool: ConnectionPool
    let connecting: ConnectionConfiguration
    let remote: RemoteDispatcher
    private let state = Mutex(State())

    private struct State {
        /// The dispatcher of this process, while it leads.
        var inbox: DispatchInbox?
        /// Leases that end with this process, and how many of their tasks it still has.
        var held: [Int64: Int] = [:]
    }

    /// - Parameters:
    ///   - pool: connections bound to the log's schema.
    ///   - connecting: how the queue opens sessions of its own there.
    ///   - process: names this process among all, never used twice.
    package init(
        pool: ConnectionPool,
        connecting: ConnectionConfiguration,
        process: String,
        logger: Logger,
        configuration: QueueConfiguration = QueueConfiguration()
    ) {
        self.pool = pool
        self.configuration = configuration
        self.process = process
        var connecting = connecting
        // A segment is empty when it is first planned for, and holds a million tasks later.
        connecting.avoidsSequentialScans = true
        connecting.forceGenericPlans = true
        self.connecting = connecting
        remote = RemoteDispatcher(
            connecting: connecting,
            process: process,
            configuration: configuration,
            logger: logger
        )
    }

    // MARK: Enqueue

    /// Adds tasks in the caller's transaction. Those whose unique key is taken end unseen.
    ///
    /// Call `announce(_:)` after the commit, so that nobody need look for them.
    package func enqueue(_ tasks: [NewTask], in transaction: Connection) async throws(PostgresError) -> EnqueuedTasks {
        try await enqueue(tasks, insteadOf: nil, in: transaction)
    }

    /// - Parameter letters: the dead letters that the tasks stand for, in their order.
    func enqueue(
        _ tasks: [NewTask],
        insteadOf letters: [TaskNumber]?,
        in transaction: Connection
    ) async throws(PostgresError) -> EnqueuedTasks {
        guard !tasks.isEmpty else { return EnqueuedTasks(tasks: []) }
        let resents = letters.map { $0.map { Int64?.some($0.rawValue) } } ?? tasks.map { _ in nil }
        let (segment, time, numbers) = try await transaction.query(
            QueueSQL.enqueue,
            tasks.map(\.agency),
            tasks.map(\.kind),
            tasks.map(\.uniqueKey),
            tasks.map(\.priority),
            tasks.map { $0.runAt.map(PostgresTimestamp.init) ?? .negativeInfinity },
            resents,
            tasks.map(\.payload)
        )[0].decode(Int16.self, PostgresTimestamp.self, [Int64].self)
        let now = Timestamp(time)
        var enqueued: [EnqueuedTask] = []
        enqueued.reserveCapacity(tasks.count)
        for ((task, number), resent) in zip(zip(tasks, numbers), resents) {
            enqueued.append(
                EnqueuedTask(
                    number: number,
                    segment: segment,
                    agency: task.agency,
                    kind: task.kind,
                    uniqueKey: task.uniqueKey,
                    priority: task.priority,
                    runAt: max(now, task.runAt ?? now),
                    enqueuedAt: now,
                    resent: resent,
                    content: TaskContent(uniqueKey: task.uniqueKey, payload: task.payload)
                )
            )
        }
        Counter(label: "task_queue_enqueued_total").increment(by: enqueued.count)
        return EnqueuedTasks(tasks: enqueued)
    }

    /// Tells the dispatcher, wherever it is, of tasks whose transaction is committed. A hint: it also looks by itself.
    package func announce(_ enqueued: EnqueuedTasks) {
        guard enqueued.count > 0 else { return }
        if let inbox = state.withLock({ $0.inbox }) {
            inbox.announce(enqueued.tasks)
        } else {
            remote.announce()
        }
    }

    // MARK: Work

    /// Says what became of tasks and takes what is next, in one round trip: what is said is written down before the answer
    /// comes.
    ///
    /// - Parameter patience: how long to wait for the first task, when a demand is made and there is none.
    /// - Throws: `QueueError`, after which the same may be said again; `CancellationError`.
    package func exchange(_ turn: Turn, patience: Duration = .zero) async throws -> TurnAnswer {
        let answer: TurnAnswer
        if let inbox = state.withLock({ $0.inbox }) {
            answer = try await inbox.exchange(turn, session: process, patience: patience)
        } else {
            let leased = try await remote.exchange(turn, patience: patience)
            do {
                answer = try await read(leased)
            } catch {
                remote.settle(leased.token, isRead: false)
                guard Task.isCancelled else { throw error }
                let heard = TurnAnswer(refused: leased.refused.grants)
                note(turn, heard)
                return heard
            }
            note(turn, answer)
            remote.settle(leased.token, isRead: true)
            return answer
        }
        note(turn, answer)
        return answer
    }

    /// The tasks that a dispatcher in another process has leased to us: from its answer, or the tables.
    private func read(_ answer: RemoteAnswer) async throws -> TurnAnswer {
        var tasks: [(place: Int, task: LeasedTask)] = []
        if answer.contents.count == answer.tasks.count {
            for (place, content) in answer.contents.enumerated() {
                tasks.append((place, LeasedTask(place, of: answer, content)))
            }
        } else {
            var places: [Int64: Int] = [:]
            for (place, number) in answer.tasks.enumerated() { places[number] = place }
            for row in try await pool.query(QueueSQL.leased, answer.segments, answer.tasks) {
                let (number, agency, kind, key, priority, enqueuedAt, payload) = try row.decode(
                    Int64.self,
                    String.self,
                    String.self,
                    String?.self,
                    Int16.self,
                    PostgresTimestamp.self,
                    String.self
                )
                guard let place = places[number] else { continue }
                let content = RemoteAnswer.Content(
                    agency: agency,
                    kind: kind,
                    uniqueKey: key,
                    priority: priority,
                    enqueued: Timestamp(enqueuedAt).microseconds,
                    payload: payload
                )
                tasks.append((place, LeasedTask(place, of: answer, content)))
            }
            tasks.sort { $0.place < $1.place }
        }
        return TurnAnswer(refused: answer.refused.grants, tasks: tasks.map(\.task))
    }

    /// Keeps count of what this process holds.
    private func note(_ turn: Turn, _ answer: TurnAnswer) {
        let isBound = turn.demand?.endsWithProcess == true
        guard isBound || !turn.done.isEmpty || !turn.failed.isEmpty || !turn.withheld.isEmpty else { return }
        state.withLock { state in
            for grant in turn.done + turn.withheld + turn.failed.map(\.grant) {
                guard let count = state.held[grant.token.rawValue] else { continue }
                state.held[grant.token.rawValue] = count > 1 ? count - 1 : nil
            }
            guard isBound else { return }
            for task in answer.tasks { state.held[task.grant.token.rawValue, default: 0] += 1 }
        }
    }

    /// The leases that end with this process.
    var held: Set<Int64> { state.withLock { Set($0.held.keys) } }

    /// Tells the dispatcher, wherever it is, that stored tasks or limits were changed. A hint, as `announce(_:)`.
    package func look() {
        if let inbox = state.withLock({ $0.inbox }) { inbox.look() } else { remote.announce() }
    }

    /// Asks the dispatcher to write down how its lanes stand.
    func askForReport() {
        if let inbox = state.withLock({ $0.inbox }) { inbox.report() } else { remote.askForReport() }
    }

    /// Keeps this process's line to the dispatcher, whichever process that is in, until shutdown.
    package func run() async {
        await cancelWhenGracefulShutdown { await self.remote.run { self.held } }
    }

    // MARK: Leading

    /// Lets this process's workers talk to a dispatcher of its own.
    func lead(_ inbox: DispatchInbox, epoch: Int64) {
        remote.serve(inbox, epoch: epoch) { held }
        // After the dispatcher was told what this process has: what its workers are given from now on was not among it.
        state.withLock { $0.inbox = inbox }
    }

    /// Whether the dispatcher is of this process.
    package var isLeading: Bool { state.withLock { $0.inbox != nil } }

    /// Ends that.
    func follow(_ inbox: DispatchInbox) {
        state.withLock { if $0.inbox === inbox { $0.inbox = nil } }
        remote.serveNobody()
    }
}

extension LeasedTask {
    fileprivate init(_ place: Int, of answer: RemoteAnswer, _ content: RemoteAnswer.Content) {
        let number = answer.tasks[place]
        self.init(
            grant: Grant(task: TaskNumber(number), token: FencingToken(answer.token)),
            agency: content.agency,
            kind: content.kind,
            uniqueKey: content.uniqueKey ?? "task-\(number)",
            payload: content.payload,
            priority: content.priority,
            attempt: answer.attempts[place],
            leasedUntil: Timestamp(microseconds: answer.deadline),
            enqueuedAt: Timestamp(microseconds: content.enqueued)
        )
    }
}
