import Synchronization

/// Waits for work that can only be done by blocking, on threads of its own.
struct BlockingWork: Sendable {
    private final class Answer<Value: Sendable>: Sendable {
        let ticket = Reactor.shared.makeTicket()
        let value = Mutex<Value?>(nil)
        let isDone = Atomic<Bool>(false)
    }

    /// A network that swallows packets can hold a thread for minutes: more at once than this are not begun.
    private static let limit = 16
    private static let running = Atomic<Int>(0)

    /// Runs the work on a thread and waits for its value.
    ///
    /// - Returns: nil when it did not come before the deadline or the task's cancellation (unless shielded), or no
    ///   thread was to be had. The work itself goes on to its end.
    static func value<Value: Sendable>(
        name: String,
        until deadline: ContinuousClock.Instant,
        isShielded: Bool = false,
        isolation: isolated (any Actor)? = #isolation,
        _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        guard running.add(1, ordering: .relaxed).newValue <= limit else {
            running.subtract(1, ordering: .relaxed)
            return nil
        }
        let answer = Answer<Value>()
        let started = OwnThread.start(name: name) {
            let value = work()
            running.subtract(1, ordering: .relaxed)
            answer.value.withLock { $0 = value }
            answer.isDone.store(true, ordering: .sequentiallyConsistent)
            Reactor.shared.signal(answer.ticket)
        }
        guard started else {
            running.subtract(1, ordering: .relaxed)
            return nil
        }
        _ = await Reactor.shared.wait(
            for: .none,
            until: deadline,
            isShielded: isShielded,
            ticket: answer.ticket,
            isSignalled: { answer.isDone.load(ordering: .sequentiallyConsistent) }
        )
        return answer.value.withLock { $0 }
    }
}
