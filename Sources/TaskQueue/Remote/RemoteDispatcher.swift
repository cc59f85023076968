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
    private typealias Refused = Result<[Int64], QueueError>

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

    /// Says a turn to the dispatcher and waits for its answer. What it tells of tasks and what it asks for go out together,
    /// so that the dispatcher hears both in one round.
    ///
    /// - Throws: `QueueError`.
    func exchange(_ turn: Turn, patience: Duration) async throws(QueueError) -> RemoteAnswer {
        let id = nextID()
        var told = RemoteTurn.messages(of: turn, id: id, process: process, patience: patience) { nextID() }
        guard let demand = told.last, demand.demand != nil else {
            var answer = RemoteAnswer(id: id, epoch: 0)
            answer.refused = try await tell(told).get()
            return answer
        }
        told.removeLast()
        guard !told.isEmpty else { return try await ask(demand, patience: patience).get() }
        let (leased, refused) = await withTaskGroup(of: Heard.self) { [told] group in
            group.addTask { .leased(await self.ask(demand, patience: patience)) }
            group.addTask { .refused(await self.tell(told)) }
            var leased = Answer.success(RemoteAnswer(id: id, epoch: 0))
            var refused: Refused = .success([])
            for await heard in group {
                switch heard {
                case .leased(let answer): leased = answer
                case .refused(let answer):
                    refused = answer
                    // A refusal is news for the worker: it is not held back by a wait.
                    if answer != .success([]) { group.cancelAll() }
                }
            }
            return (leased, refused)
        }
        switch (leased, refused) {
        case (.success(var answer), .success(let refused)):
            answer.refused = refused
            return answer
        case (.success(let answer), .failure(let error)):
            // Nobody is told of it.
            settle(answer.token, isRead: false)
            throw error
        case (.failure(let error), _):
            throw error
        }
    }

    /// What was heard of one turn.
    private enum Heard: Sendable {
        case leased(Answer)
        case refused(Refused)
    }

    /// Tells what became of tasks, message by message.
    ///
    /// - Returns: what the dispatcher refused to hear.
    private func tell(_ messages: [RemoteTurn]) async -> Refused {
        var refused: [Int64] = []
        for message in messages {
            switch await ask(message, patience: .zero) {
            case .success(let answer): refused += answer.refused
            case .failure(let error): return .failure(error)
            }
        }
        return .success(refused)
    }

    private func nextID() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    private func ask(_ turn: RemoteTurn, patience: Duration) async -> Answer {
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
        guard let result else { return .failure(.unavailable(reason: "the process stops")) }
        return result.flatMap { answer in
            guard let error = answer.error else { return result }
            return .failure(answer.isOverloaded ? .overloaded : .unavailable(reason: error))
        }
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
