import EventSourcing
import Logging
import Postgres
import ServiceLifecycle
import Synchronization

/// A process's line to the dispatcher in another process, and from those others to its own while it leads: notifications of
/// PostgreSQL, on sessions of their own.
///
/// A notification may get lost, so nothing depends on one: a turn is said again when another dispatcher leads or the line
/// was broken; a dispatcher that was not told of a task finds it.
final class RemoteDispatcher: Sendable {
    /// Of one lease, so that the answer fits into a notification.
    static let maximumTasks = 200
    /// Of turns that nobody waits for.
    private static let expectedAnswers = 10_000

    private typealias Answer = Result<RemoteAnswer, QueueError>

    private struct State {
        var lastID = 0
        /// Turns of this process that wait for their answers.
        var pending: [Int: (turn: RemoteTurn, answer: CheckedContinuation<Answer, Never>)] = [:]
        /// Turns that nobody waits for any more, and whose answers may come.
        var withdrawn: Set<Int> = []
        /// Leases that have come and are not among the held yet, since their tasks are being read.
        var arriving: Set<Int64> = []
        /// What is to be sent, in order.
        var outgoing: [(channel: String, message: QueueMessage)] = []
        /// Where turns of other processes go, while this one leads.
        var inbox: DispatchInbox?
        var epoch: Int64 = 0
        var served = ServedTurns()
        /// The newest dispatcher that was heard.
        var leader: Leading?
        var mustLook = false
        var isRunning = false
        /// Whether answers would be heard.
        var isListening = false
        /// How many lines were listened on.
        var lines = 0
    }

    private let connecting: ConnectionConfiguration
    private let process: String
    private let configuration: QueueConfiguration
    private let logger: Logger
    private let channels: QueueChannels
    private let state = Mutex(State())
    private let signal = Signal()

    init(
        connecting: ConnectionConfiguration,
        process: String,
        configuration: QueueConfiguration,
        logger: Logger
    ) {
        var connecting = connecting
        connecting.applicationName += " queue"
        self.connecting = connecting
        self.process = process
        self.configuration = configuration
        self.logger = logger
        channels = QueueChannels(schema: connecting.searchPath ?? "")
    }

    // MARK: Asking

    /// Tells whoever leads that tasks were enqueued, or something was changed.
    func announce() {
        state.withLock { $0.mustLook = true }
        signal.set()
    }

    /// Asks whoever leads to write down how its lanes stand.
    func askForReport() {
        state.withLock { $0.outgoing.append((channels.dispatcher, .report)) }
        signal.set()
    }

    /// Says a turn to the dispatcher and waits for its answer.
    ///
    /// - Throws: `QueueError`.
    func exchange(_ turn: Turn, patience: Duration) async throws(QueueError) -> RemoteAnswer {
        let id = nextID()
        let parts = RemoteTurn.messages(of: turn, id: id, process: process, patience: patience) { nextID() }
        var whole = RemoteAnswer(id: id, epoch: 0)
        for part in parts {
            let answer = try await ask(part, patience: part.demand == nil ? .zero : patience)
            whole.refused += answer.refused
            // A refusal is news for the worker: it is not held back by a wait.
            guard part.demand != nil else { continue }
            whole.tasks = answer.tasks
            whole.segments = answer.segments
            whole.attempts = answer.attempts
            whole.token = answer.token
            whole.deadline = answer.deadline
        }
        return whole
    }

    private func nextID() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    private func ask(_ turn: RemoteTurn, patience: Duration) async throws(QueueError) -> RemoteAnswer {
        let end = ContinuousClock.now + patience + configuration.silenceLimit
        let withdraw: @Sendable () -> Void = { self.end(turn.id, .withdrawn(turn)) }
        let result = await withTaskGroup(of: Answer?.self) { group in
            group.addTask {
                await withTaskCancellationHandler {
                    await withGracefulShutdownHandler {
                        await withCheckedContinuation { self.send(turn, $0) }
                    } onGracefulShutdown: {
                        // What is said of tasks is still heard.
                        if turn.demand != nil { withdraw() }
                    }
                } onCancel: {
                    withdraw()
                }
            }
            group.addTask {
                // Cancelled: the answer has come, or nobody waits for it.
                guard (try? await Task.sleep(until: end, clock: .continuous)) != nil else { return nil }
                self.end(turn.id, .failure(.unavailable(reason: "no dispatcher answers")))
                return nil
            }
            var answer: Answer?
            while let next = await group.next() {
                guard let next else { continue }
                answer = next
                group.cancelAll()
            }
            return answer
        }
        guard let result else { throw .unavailable(reason: "the process stops") }
        let answer = try result.get()
        if let error = answer.error { throw answer.isOverloaded ? .overloaded : .unavailable(reason: error) }
        return answer
    }

    private func send(_ turn: RemoteTurn, _ answer: CheckedContinuation<Answer, Never>) {
        let answered = state.withLock { state -> Answer? in
            guard state.isRunning else {
                return .failure(.unavailable(reason: "this process has no line to a dispatcher"))
            }
            // A cancellation before this point found nothing to withdraw.
            if Task.isCancelled { return .withdrawn(turn) }
            state.pending[turn.id] = (turn, answer)
            // Where no answer would be heard nothing is asked: it is said when the line is there.
            if state.isListening { state.outgoing.append((channels.dispatcher, .turn(turn))) }
            return nil
        }
        if let answered { answer.resume(returning: answered) } else { signal.set() }
    }

    /// Ends a wait for an answer, and tells the dispatcher. What it leased meanwhile is given back when it comes.
    private func end(_ id: Int, _ result: Answer) {
        let pending = state.withLock { state in
            let pending = state.pending.removeValue(forKey: id)
            if pending != nil {
                // Some never come.
                if state.withdrawn.count >= Self.expectedAnswers { state.withdrawn.removeFirst() }
                state.withdrawn.insert(id)
                state.outgoing.append((channels.dispatcher, .withdraw(process: process, id: id)))
            }
            return pending
        }
        pending?.answer.resume(returning: result)
        signal.set()
    }

    /// Notes that a lease that came is among the held now.
    ///
    /// - Parameter isRead: otherwise its tasks could not be read, and it goes back.
    func settle(_ token: Int64, isRead: Bool) {
        guard token > 0 else { return }
        state.withLock { state in
            state.arriving.remove(token)
            if !isRead { state.outgoing.append((channels.dispatcher, .unclaimed(token: token))) }
        }
        if !isRead { signal.set() }
    }

    // MARK: Leading

    /// Passes turns of other processes to a dispatcher of this one, and tells it what this process has.
    func serve(_ inbox: DispatchInbox, epoch: Int64, held: () -> Set<Int64>) {
        state.withLock { state in
            state.inbox = inbox
            state.epoch = epoch
            state.served = ServedTurns()
            inbox.hear(process, holding: DispatchInbox.Holding(tokens: held().union(state.arriving), awaited: []))
            follow(Leading(epoch: epoch, line: state.lines), &state)
            sayLeads(&state)
        }
        signal.set()
    }

    /// Passes no more turns.
    func serveNobody() { state.withLock { $0.inbox = nil } }

    private func take(_ message: QueueMessage, held: @Sendable () -> Set<Int64>) {
        switch message {
        case .answer(let answer):
            let pending = state.withLock { claim(answer, &$0) }
            pending?.resume(returning: .success(answer))
            if pending == nil { signal.set() }
        case .leads(let leading):
            state.withLock { state in
                guard state.leader.map({ leading > $0 }) ?? true else { return }
                follow(leading, &state)
                sayHeld(held, &state)
            }
            signal.set()
        case .turn(let turn): serve(turn)
        case .withdraw(let process, let id):
            let (inbox, request) = state.withLock { ($0.inbox, $0.served.request(of: id, from: process)) }
            if let request { inbox?.withdraw(request) }
        case .unclaimed(let token):
            state.withLock { $0.inbox }?.giveBack(token)
        case .alive(let process):
            state.withLock { $0.inbox }?.hear(process)
        case .holds(let holding):
            state.withLock { state in
                guard let inbox = state.inbox, holding.epoch == state.epoch else { return }
                let awaited = holding.awaited.compactMap { state.served.request(of: $0, from: holding.process) }
                inbox.hear(
                    holding.process,
                    holding: DispatchInbox.Holding(tokens: Set(holding.tokens), awaited: Set(awaited))
                )
            }
        case .look:
            state.withLock { $0.inbox }?.look()
        case .report:
            state.withLock { $0.inbox }?.report()
        }
    }

    /// The turn that an answer is for.
    private func claim(_ answer: RemoteAnswer, _ state: inout State) -> CheckedContinuation<Answer, Never>? {
        var isUnclaimed = state.withdrawn.remove(answer.id) != nil
        // The same turn was said to another dispatcher meanwhile, which was not told of this lease.
        if state.pending[answer.id] != nil, answer.epoch < state.leader?.epoch ?? 0 { isUnclaimed = true }
        if isUnclaimed {
            if answer.token > 0 { state.outgoing.append((channels.dispatcher, .unclaimed(token: answer.token))) }
            return nil
        }
        // Otherwise it has come before.
        guard let pending = state.pending.removeValue(forKey: answer.id) else { return nil }
        if answer.token > 0 { state.arriving.insert(answer.token) }
        return pending.answer
    }

    private func serve(_ remote: RemoteTurn) {
        let channel = channels.process(remote.process)
        let new = state.withLock { state -> (inbox: DispatchInbox, epoch: Int64)? in
            guard let inbox = state.inbox else { return nil }
            switch state.served.take(remote) {
            case .new: return (inbox, state.epoch)
            case .underWay: return nil
            case .answered(let answer):
                state.outgoing.append((channel, .answer(answer)))
                return nil
            }
        }
        guard let (inbox, epoch) = new else { return signal.set() }
        let request = inbox.hand(
            in: remote.turn,
            session: remote.process,
            patience: remote.patience > 0 ? .now + .microseconds(remote.patience) : nil,
            wantsContents: false
        ) { [self] result in
            let answer = RemoteAnswer(id: remote.id, epoch: epoch, result)
            state.withLock { state in
                if state.inbox === inbox { state.served.answer(remote, answer) }
                state.outgoing.append((channel, .answer(answer)))
            }
            signal.set()
        }
        guard let request else { return }
        state.withLock { state in
            if state.inbox === inbox { state.served.note(remote, is: request) }
        }
    }

    /// Says that this process leads, if it also hears what it is told then.
    private func sayLeads(_ state: inout State) {
        guard state.inbox != nil, state.isListening else { return }
        state.outgoing.append((channels.all, .leads(Leading(epoch: state.epoch, line: state.lines))))
    }

    /// Says to another dispatcher what was not answered.
    private func follow(_ leader: Leading, _ state: inout State) {
        state.leader = leader
        askAgain(&state)
    }

    private func askAgain(_ state: inout State) {
        for (_, pending) in state.pending.sorted(by: { $0.key < $1.key }) {
            state.outgoing.append((channels.dispatcher, .turn(pending.turn)))
        }
    }

    /// Says what this process has, if it is known who leads. What is said while turns are sent comes in the order of both.
    private func sayHeld(_ held: () -> Set<Int64>, _ state: inout State) {
        guard let leader = state.leader, state.inbox == nil else { return }
        let tokens = held().union(state.arriving)
        let awaited = state.pending.filter { $0.value.turn.demand?.isBound == true }.keys
        // A list that is too long is not sent: what did not arrive is back at its term then.
        guard tokens.count + awaited.count <= RemoteHolding.limit else { return }
        let holding = RemoteHolding(
            process: process,
            epoch: leader.epoch,
            tokens: tokens.sorted(),
            awaited: awaited.sorted()
        )
        state.outgoing.append((channels.dispatcher, .holds(holding)))
    }

    // MARK: The line

    /// Whether turns are taken.
    var isRunning: Bool { state.withLock(\.isRunning) }

    /// Keeps the line until the task is cancelled.
    ///
    /// - Parameter held: the leases that end with this process.
    func run(held: @escaping @Sendable () -> Set<Int64>) async {
        state.withLock { $0.isRunning = true }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listen(held) }
            group.addTask { await self.speak(held) }
        }
        let pending = state.withLock { state in
            state.isRunning = false
            defer { state.pending = [:] }
            return state.pending.values.map(\.answer)
        }
        for answer in pending { answer.resume(returning: .failure(.unavailable(reason: "the process stops"))) }
    }

    private func listen(_ held: @Sendable () -> Set<Int64>) async {
        while !Task.isCancelled {
            do {
                let connection = try await Connection.connect(connecting, logger: logger)
                do {
                    for channel in [channels.process(process), channels.all, channels.dispatcher] {
                        try await connection.listen(channel)
                    }
                    state.withLock { state in
                        state.isListening = true
                        state.lines += 1
                        sayLeads(&state)
                        askAgain(&state)
                        sayHeld(held, &state)
                        state.inbox?.look()
                    }
                    signal.set()
                    while true {
                        let payload = try await connection.nextNotification().payload
                        if let message = QueueMessage(payload) { take(message, held: held) }
                    }
                } catch {
                    state.withLock { $0.isListening = false }
                    await connection.close()
                    throw error
                }
            } catch {
                if Task.isCancelled { return }
                logger.debug("no line to the dispatcher", metadata: ["error": "\(error)"])
                // Cancelled: the loop ends.
                try? await Task.sleep(for: configuration.heartbeatInterval)
            }
        }
    }

    private func speak(_ held: @Sendable () -> Set<Int64>) async {
        var connection: Connection?
        var nextHeartbeat = ContinuousClock.now
        while !Task.isCancelled {
            if ContinuousClock.now >= nextHeartbeat {
                beat(isBusy: !held().isEmpty)
                nextHeartbeat = .now + configuration.heartbeatInterval
            }
            var outgoing = takeOutgoing()[...]
            do {
                while let (channel, message) = outgoing.first {
                    let open = try await opened(connection)
                    connection = open
                    if let text = message.text {
                        try await open.execute(QueueSQL.notify, channel, text)
                    } else {
                        logger.error("a message to the dispatcher is too long and was not sent")
                    }
                    outgoing.removeFirst()
                }
            } catch {
                await connection?.close()
                connection = nil
                // The first of them may have been sent: what is said twice is heard once.
                let rest = outgoing.filter(\.message.mustArrive)
                state.withLock { $0.outgoing = rest + $0.outgoing }
                logger.debug("the dispatcher was not told", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: configuration.heartbeatInterval)
            }
            // Cancelled: the loop ends.
            try? await signal.wait(until: nextHeartbeat)
        }
        await connection?.close()
    }

    /// Says that this process lives, to the dispatcher or as the dispatcher.
    private func beat(isBusy: Bool) {
        state.withLock { state in
            if state.inbox != nil {
                sayLeads(&state)
            } else if isBusy || !state.pending.isEmpty || !state.arriving.isEmpty {
                state.outgoing.append((channels.dispatcher, .alive(process: process)))
            }
        }
    }

    private func takeOutgoing() -> [(channel: String, message: QueueMessage)] {
        state.withLock { state in
            defer {
                state.outgoing = []
                state.mustLook = false
            }
            return state.outgoing + (state.mustLook ? [(channels.dispatcher, .look)] : [])
        }
    }

    private func opened(_ connection: Connection?) async throws -> Connection {
        if let connection, !connection.isBroken { return connection }
        let connection = try await Connection.connect(connecting, logger: logger)
        // A notification is an empty transaction: nothing is lost when its commit is not waited for.
        try await connection.script("set synchronous_commit = off")
        return connection
    }
}

extension Result where Success == RemoteAnswer, Failure == QueueError {
    /// What a turn is told that nobody waits for any more: a wait for tasks ends empty, and of what was said it is not known
    /// whether it was heard.
    fileprivate static func withdrawn(_ turn: RemoteTurn) -> Self {
        turn.demand == nil
            ? .failure(.unavailable(reason: "nobody waits for the answer"))
            : .success(RemoteAnswer(id: turn.id, epoch: 0))
    }
}
