import EventSourcing
import HeapModule
import Logging
import Postgres

/// The rounds of a dispatcher while it leads.
struct DispatchRounds {
    private let session: DispatchSession
    private let reader: QueueReader
    private let inbox: DispatchInbox
    private let configuration: QueueConfiguration
    private let process: String
    private let logger: Logger
    private let metrics = DispatchMetrics()
    private var state: DispatchState
    private var clock: ServerClock
    private var horizon: NumberHorizon
    private var keeping: SegmentKeeping
    private var changes: Int64
    private var random = SystemRandomNumberGenerator()
    private var schedules: [Schedule]
    /// When the next of them comes due.
    private var nextSchedule: Timestamp?
    /// Turns that have no answer yet: those of this round, and those that wait for tasks.
    private var unanswered: [Int: DispatchInbox.Request] = [:]
    private var impatient = Heap<Impatience>()
    /// When each process was heard the last time.
    private var heard: [String: ContinuousClock.Instant] = [:]
    private let leadsSince = ContinuousClock.now
    private var nextLook = ContinuousClock.now
    private var nextKeeping = ContinuousClock.now
    /// The tasks that were visible when the tables were read; nil once all transactions that were under way then have
    /// ended, and what they brought was looked for.
    private var settling: Settling?

    private struct Settling {
        let numbers: Set<Int64>
        let highest: Int64
        /// The transactions that were under way have lower numbers.
        var bound: Int64?
    }

    private struct Impatience: Comparable {
        let at: ContinuousClock.Instant
        let id: Int

        static func < (lhs: Impatience, rhs: Impatience) -> Bool { (lhs.at, lhs.id) < (rhs.at, rhs.id) }
    }

    init(
        session: DispatchSession,
        reader: QueueReader,
        inbox: DispatchInbox,
        configuration: QueueConfiguration,
        process: String,
        restored: QueueReader.Restored,
        clock: ServerClock,
        segment: Int16,
        changes: Int64,
        schedules: [Schedule],
        logger: Logger
    ) {
        self.session = session
        self.reader = reader
        self.inbox = inbox
        self.configuration = configuration
        self.process = process
        self.logger = logger
        self.clock = clock
        self.changes = changes
        self.schedules = schedules
        nextSchedule = schedules.compactMap(\.nextDue).min()
        state = restored.state
        horizon = NumberHorizon(highest: restored.highest)
        settling = Settling(numbers: restored.numbers, highest: restored.highest)
        keeping = SegmentKeeping(
            current: segment,
            carriedFrom: restored.carriedFrom,
            notedStep: session.lastStep,
            configuration: configuration
        )
    }

    /// Goes round until the task is cancelled or the session is lost.
    ///
    /// - Parameter group: in which tasks are read beside the rounds; they answer their turns.
    mutating func run(in group: inout ThrowingDiscardingTaskGroup<any Error>) async throws {
        defer { refuseAll() }
        while true {
            try Task.checkCancellation()
            let content = inbox.take()
            for request in content.requests { unanswered[request.id] = request }
            try await fireSchedules()
            if content.mustLook || ContinuousClock.now >= nextLook { try await look() }
            try await round(content, in: &group)
            if content.mustReport { try await session.report(state.standings, by: process) }
            if ContinuousClock.now >= nextKeeping { try await keep(in: &group) }
            try await inbox.signal.wait(until: nextWake)
        }
    }

    private var nextWake: ContinuousClock.Instant {
        var next = min(nextLook, nextKeeping)
        if let nextSchedule { next = min(next, clock.instant(of: nextSchedule)) }
        if let alarm = state.nextAlarm { next = min(next, clock.instant(of: alarm)) }
        if let first = impatient.min { next = min(next, first.at) }
        return next
    }

    private mutating func refuseAll() {
        for request in unanswered.values {
            request.answer(.failure(.unavailable(reason: "another dispatcher takes over")))
        }
        unanswered = [:]
    }

    // MARK: One round

    private struct Reply {
        let request: DispatchInbox.Request
        let refused: [Grant]
        let tasks: [DispatchState.Granted]
    }

    private mutating func round(
        _ content: DispatchInbox.Content,
        in group: inout ThrowingDiscardingTaskGroup<any Error>
    ) async throws {
        // The database's clock has shown when they were enqueued.
        for task in content.announced { clock.advance(to: task.enqueuedAt) }
        let now = clock.now()
        var replies: [Reply] = []
        hear(content.heard, at: now)
        for emptied in content.emptied { keeping.finished(emptied, &state) }
        for token in content.unclaimed { state.giveBack(token, at: now) }
        for task in content.announced where horizon.see(task.number) { state.accept(task, at: now) }
        state.pass(now)
        for request in content.requests {
            let refused = state.take(request.turn, at: now, using: &random)
            guard let demand = request.turn.demand else {
                replies.append(Reply(request: request, refused: refused, tasks: []))
                continue
            }
            if demand.endsWithProcess { heard[request.session] = .now }
            // A refusal is news for the worker: it is not held back by a wait.
            let mayWait = refused.isEmpty && (request.patience ?? .now) > .now
            let tasks = state.demand(
                demand,
                request.id,
                worker: request.turn.worker,
                session: request.session,
                mayWait: mayWait,
                at: now
            )
            if let tasks {
                replies.append(Reply(request: request, refused: refused, tasks: tasks))
            } else {
                if let patience = request.patience { impatient.insert(Impatience(at: patience, id: request.id)) }
            }
        }
        for (id, tasks) in state.match(at: now) {
            guard let request = unanswered[id] else { continue }
            replies.append(Reply(request: request, refused: [], tasks: tasks))
        }
        for id in content.withdrawn { withdraw(id, into: &replies) }
        while let first = impatient.min, first.at <= .now {
            impatient.removeMin()
            withdraw(first.id, into: &replies)
        }
        let (steps, burials) = state.takeWrites()
        if !steps.isEmpty {
            try await session.write(steps, burials)
        } else if replies.contains(where: { !$0.refused.isEmpty || !$0.request.turn.extended.isEmpty }) {
            // Another that leads by now may know of a newer token, or that a lease is over.
            try await session.prove()
        }
        metrics.round(steps)
        inbox.answered(replies.count)
        for reply in replies {
            unanswered[reply.request.id] = nil
            answer(reply, in: &group)
        }
    }

    private mutating func withdraw(_ id: Int, into replies: inout [Reply]) {
        guard state.withdraw(id), let request = unanswered[id] else { return }
        replies.append(Reply(request: request, refused: [], tasks: []))
    }

    private func answer(_ reply: Reply, in group: inout ThrowingDiscardingTaskGroup<any Error>) {
        let request = reply.request
        let prepared = DispatchInbox.Answer(refused: reply.refused, tasks: reply.tasks)
        let missing = request.wantsContents ? reply.tasks.filter { $0.content == nil } : []
        guard !missing.isEmpty else { return request.answer(.success(prepared)) }
        group.addTask { [reader, logger] in
            var answer = prepared
            do throws(PostgresError) {
                let contents = try await reader.contents(missing)
                for index in answer.tasks.indices where answer.tasks[index].content == nil {
                    answer.tasks[index].content = contents[answer.tasks[index].number]
                }
                if answer.tasks.contains(where: { $0.content == nil }) {
                    logger.critical("tasks that were leased are not in the database any more")
                }
                request.answer(.success(answer))
            } catch {
                // The lease runs out, or its process says that it has not got it.
                logger.warning("tasks that were leased cannot be read", metadata: ["error": "\(error)"])
                request.answer(.failure(.unavailable(reason: "the tasks cannot be read")))
            }
        }
    }

    // MARK: Processes

    private mutating func hear(_ sessions: [String: DispatchInbox.Holding?], at now: Timestamp) {
        for (session, holding) in sessions {
            heard[session] = .now
            guard let holding else { continue }
            state.reconcile(session: session, holding: holding.tokens, awaiting: holding.awaited, at: now)
        }
        heard[process] = .now
        // Those that lead for a moment only give everybody the time to speak up.
        guard ContinuousClock.now - leadsSince > configuration.takeOverPatience else { return }
        for session in Array(state.sessions) {
            if let last = heard[session], ContinuousClock.now - last < configuration.silenceLimit { continue }
            state.lose(session: session, at: now)
            heard[session] = nil
            logger.notice("a process fell silent: its tasks are handed out again", metadata: ["process": "\(session)"])
        }
    }

    // MARK: Schedules

    /// Enqueues what schedules say for now.
    private mutating func fireSchedules() async throws {
        let now = clock.now()
        guard let next = nextSchedule, next <= now else { return }
        for index in schedules.indices {
            guard let due = schedules[index].newestDue(by: now) else { continue }
            try await session.fire(schedules[index], try schedules[index].task(due: due), due: due)
            schedules[index].lastDue = due
        }
        nextSchedule = schedules.compactMap(\.nextDue).min()
        nextLook = .now
    }

    // MARK: Looking

    /// Takes in what others enqueued and changed.
    private mutating func look() async throws {
        var isWhole = false
        while !isWhole {
            let (highest, gaps) = (horizon.highest, horizon.gaps)
            let asked = ContinuousClock.now
            let look = try await session.look(
                above: highest,
                gaps: gaps,
                needsBound: horizon.needsBound || settling.map { $0.bound == nil } ?? false
            )
            clock.set(look.now, asked: asked)
            let now = clock.now()
            if look.changes != changes {
                state.dropContents()
                state.set(try await reader.limits(), at: now)
                schedules = try await reader.schedules()
                nextSchedule = schedules.compactMap(\.nextDue).min()
                changes = look.changes
            }
            for task in look.tasks where horizon.see(task.number) { state.accept(task, at: now) }
            let fromGaps = look.tasks.prefix { $0.number <= highest }.count
            // Otherwise there may be more in them.
            if fromGaps < DispatchSession.lookLimit { horizon.miss(through: highest, in: look.snapshot) }
            try await settle(look.snapshot, at: now)
            isWhole = max(fromGaps, look.tasks.count - fromGaps) < DispatchSession.lookLimit
        }
        nextLook = .now + configuration.pollInterval
    }

    /// Looks once for tasks whose transactions were under way when the tables were read.
    private mutating func settle(_ snapshot: NumberHorizon.Snapshot, at now: Timestamp) async throws {
        guard let settling else { return }
        guard let bound = settling.bound else {
            self.settling?.bound = snapshot.bound
            return
        }
        guard bound <= snapshot.xmin else { return }
        var overlooked = try await reader.overlooked(
            settling.numbers,
            through: settling.highest,
            in: Array(state.segments.keys)
        )[...]
        while !overlooked.isEmpty {
            let gaps = overlooked.prefix(DispatchSession.lookLimit / 2).map { NumberHorizon.Gap(first: $0, last: $0) }
            overlooked = overlooked.dropFirst(gaps.count)
            for task in try await session.look(above: .max, gaps: gaps).tasks { state.accept(task, at: now) }
        }
        self.settling = nil
    }

    // MARK: Keeping

    private mutating func keep(in group: inout ThrowingDiscardingTaskGroup<any Error>) async throws {
        metrics.record(state)
        var emptying: (segment: Int16, tasks: Int)?
        try await keeping.keep(&state, session, isSettled: settling == nil, at: clock.now()) { segment, tasks in
            emptying = (segment, tasks)
        }
        if let emptying {
            group.addTask { [reader, inbox, logger, epoch = session.epoch] in
                var isEmpty = false
                do {
                    isEmpty = try await reader.empty(emptying.segment, epoch: epoch, tasks: emptying.tasks)
                } catch let error as PostgresError where error.isOutcomeUnknown {
                    // If it was emptied, late tasks may stand there by now, just as many: the tables must be read again.
                    throw error
                } catch {
                    logger.debug("a segment cannot be emptied just now", metadata: ["error": "\(error)"])
                }
                inbox.finish(
                    SegmentKeeping.Emptied(segment: emptying.segment, tasks: emptying.tasks, isEmpty: isEmpty)
                )
            }
        }
        nextKeeping = keeping.isBusy ? .now : .now + configuration.keepingInterval
    }
}
