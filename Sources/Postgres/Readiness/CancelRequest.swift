import Synchronization

/// A cancel request under way on a thread of its own, because libpq has no other than a blocking one.
final class CancelRequest: Sendable {
    /// A network that swallows packets can hold a request for minutes: more at once than this are not begun.
    private static let limit = 16
    private static let running = Atomic<Int>(0)

    private let ticket = Reactor.shared.makeTicket()
    private let isDone = Atomic<Bool>(false)

    private init() {}

    /// Asks the server to cancel and waits until it has taken the request. Goes on when the task is cancelled.
    ///
    /// - Returns: whether the request was certainly taken before the deadline. Otherwise it may still come, and would
    ///   hit whatever the session does then: the session must be closed.
    static func send(
        _ handle: CancelHandle,
        until deadline: ContinuousClock.Instant,
        isolation: isolated (any Actor)? = #isolation
    ) async -> Bool {
        guard running.add(1, ordering: .relaxed).newValue <= limit else {
            running.subtract(1, ordering: .relaxed)
            return false
        }
        let request = CancelRequest()
        let started = OwnThread.start(name: "postgres-cancel") {
            _ = handle.requestBlocking()
            running.subtract(1, ordering: .relaxed)
            request.isDone.store(true, ordering: .sequentiallyConsistent)
            Reactor.shared.signal(request.ticket)
        }
        guard started else {
            running.subtract(1, ordering: .relaxed)
            return false
        }
        let wake = await Reactor.shared.wait(
            for: .none,
            until: deadline,
            isShielded: true,
            ticket: request.ticket,
            isSignalled: { request.isDone.load(ordering: .sequentiallyConsistent) }
        )
        return wake == .signalled
    }
}
