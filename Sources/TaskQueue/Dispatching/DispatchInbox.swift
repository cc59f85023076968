import EventSourcing
import ServiceLifecycle
import Synchronization

/// Where workers of all kinds hand in what they say, and the dispatcher fetches it: what comes while one round is being
/// written makes the next.
final class DispatchInbox: Sendable {
    /// What a dispatcher says to a turn.
    struct Answer: Sendable {
        var refused: [Grant] = []
        var tasks: [DispatchState.Granted] = []
    }

    /// A turn that waits for its answer.
    struct Request: Sendable {
        let id: Int
        let turn: Turn
        let session: String
        /// Until when it waits for tasks; nil not at all.
        let patience: ContinuousClock.Instant?
        /// Whether the tasks are read for it; a worker in another process reads them there.
        let wantsContents: Bool
        let answer: @Sendable (Result<Answer, QueueError>) -> Void
    }

    /// What a process has of what ends with it.
    struct Holding: Sendable {
        let tokens: Set<Int64>
        /// Requests whose answers it has not got yet.
        let awaited: Set<Int>
    }

    /// What has come in since the last round.
    struct Content: Sendable {
        var requests: [Request] = []
        /// Tasks that were enqueued by this process.
        var announced: [EnqueuedTask] = []
        /// Requests that nobody waits for any more.
        var withdrawn: [Int] = []
        /// Processes that said that they live, some of them with what they hold.
        var heard: [String: Holding?] = [:]
        /// Segments that were to be emptied.
        var emptied: [SegmentKeeping.Emptied] = []
        /// Leases that nobody took who was meant to.
        var unclaimed: [Int64] = []
        /// Somebody else has enqueued or changed something.
        var mustLook = false
        /// Somebody wants to know how the lanes stand.
        var mustReport = false
    }

    private struct State {
        var content = Content()
        var lastID = 0
        var open = 0
        var isClosed = false
    }

    private let limit: Int
    private let state = Mutex(State())
    let signal = Signal()

    /// - Parameter limit: how many turns may be there at once.
    init(limit: Int) { self.limit = limit }

    /// Hands in a turn. The answer comes exactly once.
    ///
    /// - Returns: its number, to withdraw it by; nil when it was answered at once.
    @discardableResult
    func hand(
        in turn: Turn,
        session: String,
        patience: ContinuousClock.Instant?,
        wantsContents: Bool,
        answer: @escaping @Sendable (Result<Answer, QueueError>) -> Void
    ) -> Int? {
        let refusalOrID = state.withLock { state -> Result<Int, QueueError> in
            if state.isClosed { return .failure(.unavailable(reason: "the dispatcher stops")) }
            guard state.open < limit else { return .failure(.overloaded) }
            state.open += 1
            state.lastID += 1
            state.content.requests.append(
                Request(
                    id: state.lastID,
                    turn: turn,
                    session: session,
                    patience: patience,
                    wantsContents: wantsContents,
                    answer: answer
                )
            )
            return .success(state.lastID)
        }
        switch refusalOrID {
        case .failure(let error):
            answer(.failure(error))
            return nil
        case .success(let id):
            signal.set()
            return id
        }
    }

    /// Hands in a turn of this process and waits for the answer. A waiting turn comes back empty on graceful shutdown and
    /// when the task is cancelled.
    func exchange(_ turn: Turn, session: String, patience: Duration) async throws(QueueError) -> TurnAnswer {
        let number = Mutex<(id: Int?, isOver: Bool)>((nil, false))
        let withdraw: @Sendable () -> Void = {
            let id = number.withLock { number in
                number.isOver = true
                return number.id
            }
            if let id { self.withdraw(id) }
        }
        let result = await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await withCheckedContinuation { continuation in
                    let id = hand(
                        in: turn,
                        session: session,
                        patience: patience > .zero ? .now + patience : nil,
                        wantsContents: true
                    ) { continuation.resume(returning: $0) }
                    let isOver = number.withLock { number in
                        number.id = id
                        return number.isOver
                    }
                    if isOver, let id { self.withdraw(id) }
                }
            } onGracefulShutdown: {
                withdraw()
            }
        } onCancel: {
            withdraw()
        }
        let answer = try result.get()
        return TurnAnswer(
            refused: answer.refused,
            tasks: answer.tasks.compactMap { task in task.content.map { LeasedTask(task, $0) } }
        )
    }

    func withdraw(_ id: Int) {
        state.withLock { $0.content.withdrawn.append(id) }
        signal.set()
    }

    func announce(_ tasks: [EnqueuedTask]) {
        state.withLock { $0.content.announced += tasks }
        signal.set()
    }

    /// Notes that a process lives.
    ///
    /// - Parameter holding: what it has, when it may not have got all that was leased to it.
    func hear(_ session: String, holding: Holding? = nil) {
        state.withLock { state in
            if holding != nil || state.content.heard[session] == nil {
                state.content.heard[session] = .some(holding)
            }
        }
        if holding != nil { signal.set() }
    }

    /// Notes that a lease reached nobody.
    func giveBack(_ token: Int64) {
        state.withLock { $0.content.unclaimed.append(token) }
        signal.set()
    }

    func finish(_ emptied: SegmentKeeping.Emptied) {
        state.withLock { $0.content.emptied.append(emptied) }
        signal.set()
    }

    func look() {
        state.withLock { $0.content.mustLook = true }
        signal.set()
    }

    func report() {
        state.withLock { $0.content.mustReport = true }
        signal.set()
    }

    /// What has come in. The dispatcher answers each request, and says so by `answered`.
    func take() -> Content {
        state.withLock { state in
            defer { state.content = Content() }
            return state.content
        }
    }

    func answered(_ count: Int) {
        state.withLock { $0.open -= count }
    }

    /// Refuses everything from now on; what is in it is refused too.
    func close() {
        let rest = state.withLock { state in
            state.isClosed = true
            defer { state.content = Content() }
            return state.content.requests
        }
        for request in rest { request.answer(.failure(.unavailable(reason: "the dispatcher stops"))) }
    }
}

extension LeasedTask {
    init(_ task: DispatchState.Granted, _ content: TaskContent) {
        self.init(
            grant: Grant(task: TaskNumber(task.number), token: FencingToken(task.token)),
            agency: task.agency,
            kind: task.kind,
            uniqueKey: content.uniqueKey ?? "task-\(task.number)",
            payload: content.payload,
            priority: task.priority,
            attempt: task.attempt,
            leasedUntil: Timestamp(microseconds: task.deadline),
            enqueuedAt: Timestamp(microseconds: task.enqueued)
        )
    }
}
