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

    private typealias Answer = Result<RemoteAnswer, QueueError>

    private struct State {
        var lastID = 0
        /// Turns of this process that wait for their answers.
        var pending: [Int: (message: QueueMessage, answer: CheckedContinuation<Answer, Never>)] = [:]
        /// Leases that have come and are not among the held yet, since their tasks are being read.
        var arriving: Set<Int64> = []
        /// What is to be sent, in order.
        var outgoing: [(channel: String, message: QueueMessage)] = []
        /// Where turns of other processes go, while this one leads.
        var inbox: DispatchInbox?
        var epoch: Int64 = 0
        /// Turns of other processes that wait in the inbox; nil for one that is on its way there.
        var served: [String: [Int: Int?]] = [:]
        /// The dispatcher that was heard last.
        var leader: (process: String, epoch: Int64)?
        var mustLook = false
        var isRunning = false
        /// Whether answers would be heard.
        var isListening = false

        mutating func forget(_ turn: RemoteTurn) {
            served[turn.process]?[turn.id] = nil
            if served[turn.process]?.isEmpty == true { served[turn.process] = nil }
        }
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
        var whole = RemoteAnswer(id: id)
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
            state.pending[turn.id] = (.turn(turn), answer)
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

    /// Passes turns of other processes to a dispatcher of this one; nil passes none.
    func serve(_ inbox: DispatchInbox?, epoch: Int64 = 0) {
        state.withLock { state in
            state.inbox = inbox
            state.epoch = epoch
            state.served = [:]
            if inbox != nil { state.outgoing.append((channels.all, .leads(process: process, epoch: epoch))) }
        }
        signal.set()
    }

    private func take(_ message: QueueMessage, held: @Sendable () -> Set<Int64>) {
        switch message {
        case .answer(let answer):
            let pending = state.withLock { state in
                let pending = state.pending.removeValue(forKey: answer.id)
                if answer.token > 0, pending != nil { state.arriving.insert(answer.token) }
                if answer.token > 0, pending == nil {
                    state.outgoing.append((channels.dispatcher, .unclaimed(token: answer.token)))
                }
                return pending
            }
            pending?.answer.resume(returning: .success(answer))
            if pending == nil { signal.set() }
        case .leads(let leader, let epoch):
            let isNew = state.withLock { state in
                guard state.leader.map({ $0 != (leader, epoch) }) ?? true else { return false }
                state.leader = (leader, epoch)
                return true
            }
            if isNew { askAgain(held()) }
        case .turn(let turn): serve(turn)
        case .withdraw(let process, let id):
            let (inbox, served) = state.withLock { ($0.inbox, $0.served[process]?[id] ?? nil) }
            if let served { inbox?.withdraw(served) }
        case .unclaimed(let token):
            state.withLock { $0.inbox }?.giveBack(token)
        case .alive(let process, let held):
            state.withLock { $0.inbox }?.hear(process, holding: held.map { Set($0) })
        case .look:
            state.withLock { $0.inbox }?.look()
        case .report:
            state.withLock { $0.inbox }?.report()
        }
    }

    private func serve(_ remote: RemoteTurn) {
        let inbox = state.withLock { state -> DispatchInbox? in
            // Said again while it waits: the answer will come.
            guard let inbox = state.inbox, state.served[remote.process]?[remote.id] == nil else { return nil }
            state.served[remote.process, default: [:]][remote.id] = .some(nil)
            return inbox
        }
        guard let inbox else { return }
        let channel = channels.process(remote.process)
        let id = inbox.hand(
            in: remote.turn,
            session: remote.process,
            patience: remote.patience > 0 ? .now + .microseconds(remote.patience) : nil,
            wantsContents: false
        ) { [self] result in
            let answer = RemoteAnswer(id: remote.id, result)
            state.withLock { state in
                if state.inbox === inbox { state.forget(remote) }
                state.outgoing.append((channel, .answer(answer)))
            }
            signal.set()
        }
        guard let id else { return }
        state.withLock { state in
            guard state.inbox === inbox, state.served[remote.process]?[remote.id] != nil else { return }
            state.served[remote.process]?[remote.id] = .some(id)
        }
    }

    /// Says again what was not answered: to another dispatcher, or after the line was broken.
    private func askAgain(_ held: Set<Int64>) {
        state.withLock { state in
            state.isListening = true
            // A list that is too long for a message is not sent: what did not arrive is back at its term then.
            let held = held.union(state.arriving)
            let tokens = held.count <= 400 ? held.sorted() : nil
            state.outgoing.append((channels.dispatcher, .alive(process: process, held: tokens)))
            for (_, pending) in state.pending.sorted(by: { $0.key < $1.key }) {
                state.outgoing.append((channels.dispatcher, pending.message))
            }
        }
        signal.set()
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
                    askAgain(held())
                    state.withLock { $0.inbox }?.look()
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
                state.outgoing.append((channels.all, .leads(process: process, epoch: state.epoch)))
            } else if isBusy || !state.pending.isEmpty || !state.arriving.isEmpty {
                state.outgoing.append((channels.dispatcher, .alive(process: process, held: nil)))
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
            ? .failure(.unavailable(reason: "nobody waits for the answer")) : .success(RemoteAnswer(id: turn.id))
    }
}
