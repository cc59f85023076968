import EventSourcing
import Metrics
import Synchronization

/// Where callers hand in appends and lanes fetch them: group commit without a timer. While one batch is being committed
/// the next gathers by itself.
final class Appender: Sendable {
    /// The furthest this process has acknowledged.
    struct Acknowledged: Sendable, Hashable {
        /// The last event of a batch of our own: when it was recorded tells it from another in its place.
        struct Mark: Sendable, Hashable {
            let position: Position
            let recordedAt: Timestamp
        }

        var position = Position.origin
        /// Of the server that said so.
        var timeline: Int32 = 0
        var mark: Mark?
    }

    /// What one lane has learnt of the log and all use.
    struct Known {
        var heads: StreamHeads
        /// Numbers for new streams. One batch after the other takes them, so that the keys over them grow at the right edge.
        var streamIDs = StreamIDs()

        /// A server that took over may lack what was read from the one before.
        mutating func forgetAll() {
            heads.forgetAll()
            streamIDs = StreamIDs()
        }
    }

    private struct State {
        var queue: AppendQueue
        /// Lanes that wait for work.
        var idle: [Int: CheckedContinuation<[AppendTicket]?, Never>] = [:]
        var acknowledged = Acknowledged()
    }

    /// What is to be done once the lock is let go.
    private typealias Wakes = [(CheckedContinuation<[AppendTicket]?, Never>, [AppendTicket]?)]

    private let bounds: AppendBounds
    private let state: Mutex<State>
    private let metrics: AppendMetrics
    private let onCommitted: @Sendable (CommittedBatch) -> Void
    let known: Mutex<Known>

    /// - Parameter onCommitted: is given each batch once it is durable, before its callers have their verdicts; returns at
    ///   once. Batches of two lanes may come in either order.
    init(
        _ configuration: LogConfiguration,
        metrics: AppendMetrics,
        onCommitted: @escaping @Sendable (CommittedBatch) -> Void
    ) {
        bounds = AppendBounds(configuration)
        state = Mutex(State(queue: AppendQueue(configuration)))
        known = Mutex(Known(heads: StreamHeads(limit: 200_000)))
        self.metrics = metrics
        self.onCommitted = onCommitted
    }

    /// Hands in appends and waits for their verdicts; cancelling the task does not stop the waiting.
    func append(_ appends: [Append]) async throws(AppendError) -> [Verdict] {
        if appends.isEmpty { return [] }
        let start = ContinuousClock.now
        var sizes: [Int] = []
        sizes.reserveCapacity(appends.count)
        for append in appends { sizes.append(try bounds.check(append)) }
        let answer = await withCheckedContinuation { continuation in
            let request = AppendRequest(count: appends.count, continuation)
            var tickets: [AppendTicket] = []
            tickets.reserveCapacity(appends.count)
            for (index, append) in appends.enumerated() {
                tickets.append(AppendTicket(append: append, bytes: sizes[index], request: request, index: index))
            }
            hand(in: tickets)
        }
        metrics.answered(answer, since: start)
        return try answer.get()
    }

    private func hand(in tickets: [AppendTicket]) {
        let (refusal, wakes, waiting) = state.withLock { state -> (AppendError?, Wakes, (count: Int, bytes: Int)) in
            if let refusal = state.queue.accept(tickets) { return (refusal, [], state.queue.load) }
            return (nil, Self.wakeIdle(&state), (0, 0))
        }
        if let refusal {
            if case .overloaded = refusal {
                metrics.overloaded(tickets.count)
                metrics.waiting(waiting.count, bytes: waiting.bytes)
            }
            for ticket in tickets { ticket.answer(.failure(refusal)) }
        }
        Self.resume(wakes)
    }

    // MARK: Lanes

    /// The lane's next batch; nil when there is none and never will be.
    func next(for lane: Int) async -> [AppendTicket]? {
        await withCheckedContinuation { continuation in
            let wakes = state.withLock { state -> Wakes in
                state.idle[lane] = continuation
                return Self.wakeIdle(&state)
            }
            Self.resume(wakes)
        }
    }

    /// Ends the lane's batch; what it returns without an answer is tried again first.
    func finish(_ lane: Int, returned: [AppendTicket]) {
        let (refusal, wakes, waiting) = state.withLock { state in
            let refusal = state.queue.finish(lane, returned: returned)
            return (refusal, Self.wakeIdle(&state), state.queue.load)
        }
        metrics.waiting(waiting.count, bytes: waiting.bytes)
        if let refusal {
            for ticket in returned { ticket.answer(.failure(refusal)) }
        }
        Self.resume(wakes)
    }

    /// Accepts nothing more; lanes end when what was accepted is answered.
    func drain() {
        Self.resume(
            state.withLock { state in
                state.queue.drain()
                return Self.wakeIdle(&state)
            }
        )
    }

    /// Writes nothing more and answers all that waits with the error; lanes stay until shutdown.
    func halt(_ error: AppendError) {
        let given = state.withLock { $0.queue.halt(error) }
        for ticket in given { ticket.answer(.failure(error)) }
    }

    /// Accepts nothing more and answers all that waits with the error; lanes end.
    func close(_ error: AppendError) {
        let (given, wakes) = state.withLock { state in
            (state.queue.close(error), Self.wakeIdle(&state))
        }
        for ticket in given { ticket.answer(.failure(error)) }
        Self.resume(wakes)
    }

    private static func wakeIdle(_ state: inout State) -> Wakes {
        var wakes: Wakes = []
        // The lowest lane first: one caller alone always finds the same warm session.
        for lane in state.idle.keys.sorted() {
            switch state.queue.next(for: lane) {
            case .wait: continue
            case .work(let batch):
                if let continuation = state.idle.removeValue(forKey: lane) { wakes.append((continuation, batch)) }
            case .finished:
                if let continuation = state.idle.removeValue(forKey: lane) { wakes.append((continuation, nil)) }
            }
        }
        return wakes
    }

    private static func resume(_ wakes: Wakes) {
        for (continuation, batch) in wakes { continuation.resume(returning: batch) }
    }

    // MARK: What was acknowledged

    var acknowledged: Acknowledged { state.withLock { $0.acknowledged } }

    /// Notes that callers are going to be told of something up to a position, on the word of one session's server.
    ///
    /// - Parameter verified: what that server was seen to hold when the session began.
    /// - Throws: `.lost` when another server has meanwhile said more than that. One of the two is not the log any more: the
    ///   session must look at its server again before it tells anybody anything.
    func acknowledge(_ new: Acknowledged, verified: Acknowledged) throws(AppendFailure) {
        let isAgreed = state.withLock { state in
            let known = state.acknowledged
            guard known.timeline == new.timeline || known == verified else { return false }
            guard new.position > known.position else { return true }
            state.acknowledged = new
            state.acknowledged.mark = new.mark ?? known.mark
            return true
        }
        guard isAgreed else { throw .lost(reason: "the server has changed meanwhile") }
        metrics.tail(new.position)
    }

    /// Passes on a batch that is durable.
    func tell(of batch: CommittedBatch) { onCommitted(batch) }
}
