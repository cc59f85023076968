package import EventLog
package import EventSourcing
package import Logging
import Metrics
package import MusterCommands
package import MusterDomain
import Postgres
import Records
import ServiceLifecycle
package import TaskQueue

/// Carries out what the policies ask for, once per log: their commands, their deliveries and their timers.
///
/// How it holds together over crashes:
///
/// - The policies are folded from the log's first event, silently up to the checkpoint; only later events are reacted to.
///   For each batch of events the commands go first, through the door that every command takes; then deliveries and the
///   new checkpoint are written in one transaction. A crash anywhere between repeats a batch: a command has an id derived
///   from policy, event and key and so is answered as a repetition, a delivery has a unique key.
/// - Timers are what the folded policies say they are, so nothing about them is stored. They fire when the recorded
///   deadline has come and not before the fold has reached the tail it found at the start. Firing twice is harmless for
///   the same reason; a refusal is normal, the state has moved on.
/// - One process leads (`Leadership`); others try to every few seconds. The checkpoint is written in the session that
///   leads. So another leads as soon as the leader's process or connection dies, and after `silenceLimit` when it stands
///   still; whoever lost the lead cannot commit a checkpoint or delivery any more. A leader that does not know yet that
///   its session is gone may still send commands: the ids make that harmless.
///
/// Nothing runs on logs of mode `history`.
package struct PolicyRunner: Service {
    private static let checkpointName = "policies"
    /// Events without any reaction are cheap to fold again, so they move the checkpoint only this often.
    private static let idleCheckpointInterval = 1_000
    private static let timerCoalescing = Duration.milliseconds(100)

    private let log: Log
    private let events: @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>
    private let issuer: CommandIssuer
    private let queue: Queue
    private let policies: [any Policy]
    private let clock: DispatchClock
    private let logger: Logger
    private let retryInterval: Duration
    private let leadership: Leadership

    package init(
        log: Log,
        events: @escaping @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>,
        handler: CommandHandler,
        queue: Queue,
        policies: [any Policy],
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.init(
            log: log,
            events: events,
            handler: handler,
            queue: queue,
            policies: policies,
            clock: DispatchClock(now: now),
            retryInterval: .seconds(2),
            silenceLimit: .seconds(10),
            logger: logger
        )
    }

    /// - Parameters:
    ///   - events: those of the log after a position, in clear, and then those to come.
    ///   - policies: in their state before the first event.
    ///   - retryInterval: between attempts to lead, and after the database was lost.
    ///   - silenceLimit: for how long a leader may stand still.
    package init(
        log: Log,
        events: @escaping @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>,
        handler: CommandHandler,
        queue: Queue,
        policies: [any Policy],
        clock: DispatchClock,
        retryInterval: Duration,
        silenceLimit: Duration,
        logger: Logger
    ) {
        self.log = log
        self.events = events
        issuer = CommandIssuer(handler: handler, logger: logger)
        self.queue = queue
        self.policies = policies
        self.clock = clock
        self.retryInterval = retryInterval
        leadership = Leadership(of: "muster.policies", silenceLimit: silenceLimit)
        self.logger = logger
    }

    /// Leads whenever it can until shutdown, which is graceful between two batches.
    ///
    /// - Throws: `PolicyError` and `LogError`, which repeating cannot mend. A lost database is tried again.
    package func run() async throws {
        guard log.mode != .history else { return try await gracefulShutdown() }
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await log.pool.withConnection { session in
                    let outcome = try await leadership.stand(in: session)
                    if outcome == .otherEnded {
                        logger.warning("the runner of policies that led stood still: its session was ended")
                    }
                    guard outcome == .leads else { return }
                    logger.info("leading the policies of the log")
                    do {
                        try await lead(PolicySession(session, leadership))
                    } catch {
                        // The lock lives as long as the session, so the session must not go back to the pool.
                        await session.close()
                        throw error
                    }
                    await session.close()
                }
            } catch  where Task.isCancelled || error is CancellationError {
                continue
            } catch let error as PostgresError {
                logger.warning("policies interrupted, trying again", metadata: ["error": "\(error)"])
            }
            await pause()
        }
    }

    private func pause() async {
        // Cancellation and shutdown end the caller's loop.
        await cancelWhenGracefulShutdown { try? await Task.sleep(for: retryInterval) }
    }

    // MARK: Leading

    private func lead(_ session: PolicySession) async throws {
        let checkpoint = try await log.checkpoint(Self.checkpointName)
        let tail = try await log.tail()
        let state = PolicyState(policies)
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await follow(state, from: checkpoint, session) }
            group.addTask { try await fire(state, from: tail) }
            group.addTask { try await session.keepUsed() }
            // The end of one is the end of all: following ends on graceful shutdown.
            try await group.next()
        }
    }

    /// Folds the log and reacts to it, until it ends.
    private func follow(_ state: PolicyState, from start: Position, _ session: PolicySession) async throws {
        var checkpoint = start
        for try await events in events(.origin) {
            let facts = try events.map(Self.fact)
            let reactions = state.take(facts, after: start)
            guard let last = facts.last?.position, last > checkpoint else { continue }
            if reactions.isEmpty, last < checkpoint.advanced(by: Self.idleCheckpointInterval) { continue }
            try await carryOut(reactions, upTo: last, session)
            checkpoint = last
        }
    }

    private func carryOut(
        _ reactions: PolicyFold.Reactions,
        upTo position: Position,
        _ session: PolicySession
    ) async throws {
        try await issuer.issue(reactions.commands)
        let tasks = try reactions.deliveries.map(NewTask.init)
        let enqueued = try await session.write { session in
            let enqueued = try await queue.enqueue(tasks, in: session)
            // After what the same batch may have brought about the same things.
            for deliveries in reactions.forgotten {
                try await queue.overwrite(
                    Queue.Members(deliveries.members, of: deliveries.member, deliveries.name),
                    kind: deliveries.kind?.rawValue,
                    with: PersonalFields.erasedText,
                    in: session
                )
            }
            try await Log.setCheckpoint(Self.checkpointName, position, on: session)
            return enqueued
        }
        queue.announce(enqueued)
        if !reactions.forgotten.isEmpty { queue.look() }
    }

    private static func fact(_ event: RecordedEvent) throws(PolicyError) -> Fact {
        do throws(Problems) {
            return try Fact(event)
        } catch {
            throw .unreadableEvent(position: event.position, reason: error.list.first?.words.en ?? "")
        }
    }

    // MARK: Timers

    /// Fires timers when they are due, from when the fold has come to `tail`.
    private func fire(_ state: PolicyState, from tail: Position) async throws {
        while true {
            try await waitForTimer(state, from: tail)
            let now = clock.now()
            let due = state.takeDue(at: now)
            for timer in due {
                Timer(label: "muster_policy_timer_lateness_seconds").record(duration: now.since(timer.due))
            }
            try await issuer.issue(due.map(\.command))
        }
    }

    /// Returns when a timer may be due, or the timers may be others.
    private func waitForTimer(_ state: PolicyState, from tail: Position) async throws {
        let askedAt = ContinuousClock.now
        let due = state.nextDue(from: tail)
        // Asking the policies costs as much as they have timers, so a burst of events asks once; where there are very many,
        // events have them asked for a fiftieth of the time at most. A timer set meanwhile is found that much later.
        let askAgainAt = askedAt + max(Self.timerCoalescing, askedAt.duration(to: .now) * 50)
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask {
                await state.changed.wait()
                try await Task.sleep(until: askAgainAt, clock: .continuous)
            }
            if let due { group.addTask { try await clock.sleep(due) } }
            try await group.next()
        }
        try Task.checkCancellation()
    }
}

extension NewTask {
    /// A party's task. The queue knows the party as an agency.
    fileprivate init(_ delivery: TaskDelivery) throws(PolicyError) {
        do throws(InvalidTask) {
            try self.init(
                agency: delivery.party.rawValue,
                kind: delivery.kind.rawValue,
                uniqueKey: delivery.key,
                payload: delivery.payload
            )
        } catch {
            throw .invalidTask(key: delivery.key, reason: error.description)
        }
    }
}
