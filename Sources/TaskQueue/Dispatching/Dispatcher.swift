import EventSourcing
package import Logging
import Metrics
import Postgres
import ServiceLifecycle
import Synchronization

/// Hands out a queue's tasks: the one process that leads does, the others stand by.
///
/// ```
///               lock                   epoch + 1                  all is read
///   stand by ──────────▶ hold the lock ───────────▶ read the tables ─────────────▶ lead ◀───┐
///       ▲                      │                          │                        │ │      │ decide, write, answer
///       │                      │                          │                        │ └──────┘
///       └──────────────────────┴──────────────────────────┴────────────────────────┘
///                session lost, or not known whether a segment was emptied
/// ```
///
/// One round: take what workers said and what was enqueued, decide (`DispatchState`), write the steps in one transaction,
/// answer. Nobody hears of anything before it is written, and whatever happens in between is as if it had not been said:
///
/// | the process dies …                | then                                                                         |
/// |-----------------------------------|------------------------------------------------------------------------------|
/// | before the steps are committed    | the worker hears nothing and says it again; the task is open, or leased before |
/// | after that, before the answer     | the lease is nobody's: it is over when its process says what it holds, or at its term |
/// | with the answer on its way        | the same; an end that was written is accepted again                           |
/// | before a segment is emptied       | the next reads what is in it, and empties it                                  |
/// | while it is being emptied         | the next leads when that has ended, one way or the other                      |
///
/// Leading means holding an advisory lock in the session that writes the steps. The lock falls with the session, so two
/// never write; whoever stands by ends the session of a leader that stands still, and only then reads the tables. A worker
/// of the old leader goes on with what it has: tokens are the same for every leader.
///
/// A leader whose session was ended does not know that until it uses it. So what it says has been written, or is true
/// whoever leads (a task that has ended stays so), or it has used the session since it was asked: otherwise it would
/// refuse a token that another leader has given.
///
/// Who may do what:
///
/// | who                    | writes                                                | by what right                          |
/// |------------------------|-------------------------------------------------------|----------------------------------------|
/// | whoever enqueues       | rows, to the segment that was the current one when it looked | none: it may come late, to any segment |
/// | the leader             | steps, rows that are carried, the current segment     | the lock, in the same session          |
/// | beside it, a transaction | truncates a segment                                 | the epoch, whose row it holds; as many rows as the leader knows, counted under the lock |
///
/// So whatever is read after the epoch was raised stays as it is, but for late rows: those are looked for until every
/// transaction has ended that was under way (`NumberHorizon`, `DispatchRounds.settle`), and no segment is emptied before.
///
/// `DispatchModelTests` visits every state of this at small sizes.
package struct Dispatcher: Service {
    private let queue: Queue
    private let logger: Logger

    package init(queue: Queue, logger: Logger) {
        self.queue = queue
        self.logger = logger
    }

    /// Leads whenever it can, until shutdown. What goes wrong with the database is tried again.
    package func run() async {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await lead()
                } catch {
                    if Task.isCancelled { break }
                    logger.warning("the task queue is not dispatched, trying again", metadata: ["error": "\(error)"])
                }
                // Cancelled: the loop ends.
                try? await Task.sleep(for: queue.configuration.candidacyInterval * Double.random(in: 0.5...1))
            }
        }
    }

    private var leadership: Leadership { Leadership(of: "task_queue", silenceLimit: queue.configuration.silenceLimit) }

    /// Returns at once when somebody else leads.
    private func lead() async throws {
        var connecting = queue.connecting
        connecting.applicationName += " dispatch"
        connecting.interruption = .close
        guard
            let (session, segment, changes) = try await DispatchSession.open(
                connecting,
                process: queue.process,
                leadership: leadership,
                logger: logger
            )
        else { return }
        let inbox = DispatchInbox(limit: queue.configuration.waitingTurns)
        do {
            let start = ContinuousClock.now
            let look = try await session.look(above: .max, gaps: [])
            var clock = ServerClock(look.now, asked: start)
            let reader = QueueReader(pool: queue.pool)
            let restored = try await restore(session, reader, at: clock.now())
            let schedules = try await reader.schedules()
            logger.info(
                "dispatching the task queue",
                metadata: [
                    "queue.epoch": "\(session.epoch)", "queue.open": "\(restored.state.openCount)",
                    "queue.restored_in": "\(ContinuousClock.now - start)",
                ]
            )
            try await withThrowingDiscardingTaskGroup { group in
                var rounds = DispatchRounds(
                    session: session,
                    reader: reader,
                    inbox: inbox,
                    configuration: queue.configuration,
                    process: queue.process,
                    restored: restored,
                    clock: clock,
                    segment: segment,
                    changes: changes,
                    schedules: schedules,
                    logger: logger
                )
                queue.lead(inbox, epoch: session.epoch)
                defer { group.cancelAll() }
                try await rounds.run(in: &group)
            }
        } catch {
            await end(session, inbox)
            throw error
        }
        await end(session, inbox)
    }

    /// Reads the tables, which may take longer than a leader may stand still.
    private func restore(
        _ session: DispatchSession,
        _ reader: QueueReader,
        at now: Timestamp
    ) async throws -> QueueReader.Restored {
        try await withThrowingTaskGroup(of: QueueReader.Restored?.self) { group in
            group.addTask {
                try await reader.restore(queue.configuration, lastStep: session.lastStep, at: now)
            }
            let isRestoring = Mutex(true)
            let restored = Signal()
            group.addTask {
                try await session.keepUsed(every: leadership.interval, until: restored) {
                    isRestoring.withLock(\.self)
                }
                return nil
            }
            defer {
                isRestoring.withLock { $0 = false }
                restored.set()
            }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// The lock lives as long as the session.
    private func end(_ session: DispatchSession, _ inbox: DispatchInbox) async {
        queue.follow(inbox)
        inbox.close()
        await session.connection.close()
    }
}
