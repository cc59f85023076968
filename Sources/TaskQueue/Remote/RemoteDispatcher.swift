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

    typealias Answer = Result<RemoteAnswer, QueueError>

    struct State {
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

    let connecting: ConnectionConfiguration
    let process: String
    let configuration: QueueConfiguration
    let logger: Logger
    let channels: QueueChannels
    let state = Mutex(State())
    let signal = Signal()

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
