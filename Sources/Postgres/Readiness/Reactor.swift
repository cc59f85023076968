import CLibPQ
import Glibc
import Synchronization

/// Waits for many sockets on one thread, so that no thread of Swift's task pool ever blocks in a wait.
///
/// A wait arms its socket for one event (`EPOLLONESHOT`) and suspends the task; the thread resumes it. Arming is one
/// system call on the caller's thread and needs no wake-up, for epoll may be changed while it is waited on. Level
/// triggering matters: libpq may leave bytes in the socket, and arming again reports them again.
///
/// Each wait has a ticket. Whoever removes the ticket from the table resumes the task, so event, deadline, cancellation
/// and signal can race and the task is resumed exactly once.
final class Reactor: Sendable {
    enum Interest: Sendable {
        case reading
        case writing
        case readingOrWriting
        /// No socket: the wait ends by signal, deadline or cancellation.
        case none
    }

    enum Wake: Sendable, Hashable {
        case ready
        case signalled
        case deadline
        case cancelled
        /// The socket cannot be waited on.
        case failed
    }

    /// Names one wait. Never used twice.
    struct Ticket: Sendable, Hashable {
        fileprivate let number: UInt64
    }

    private struct Wait {
        var continuation: CheckedContinuation<Wake, Never>
        var deadline: ContinuousClock.Instant
    }

    private struct State {
        var waits: [Ticket: Wait] = [:]
        /// The thread wakes no later than this. May be earlier than every deadline: then it wakes once for nothing,
        /// which is cheaper than keeping order among deadlines that are almost never met.
        var alarm: ContinuousClock.Instant?
    }

    static let shared = Reactor()

    let jobs = Mutex<[UnownedJob]>([])
    /// The thread itself, once it runs.
    let thread = Atomic<UInt>(0)

    private let epoll: Int32
    private let wakeUp: Int32
    private let lastTicket = Atomic<UInt64>(0)
    private let state = Mutex(State())

    private init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        guard epoll >= 0, wakeUp >= 0, unsafe epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event) == 0,
            OwnThread.start(name: "postgres-wait", { [self] in run() })
        else {
            // Out of descriptors or threads: every wait answers `.failed`, and connections report it.
            isWorking.store(false, ordering: .relaxed)
            return
        }
    }

    let isWorking = Atomic<Bool>(true)

    /// A ticket for one wait.
    func makeTicket() -> Ticket {
        Ticket(number: lastTicket.add(1, ordering: .relaxed).newValue)
    }

    /// Waits until the socket is ready, the ticket is signalled, the deadline is met or the task is cancelled.
    ///
    /// - Parameters:
    ///   - isShielded: whether the wait goes on when the task is cancelled, for clean-up that must be done.
    ///   - isSignalled: tells of a signal given before the wait began, which `signal` itself does not keep. Called
    ///     under a lock: it may only read an atomic value, and that must be set before `signal` is called.
    func wait(
        for interest: Interest,
        on socket: Int32 = -1,
        until deadline: ContinuousClock.Instant,
        isShielded: Bool = false,
        ticket: Ticket? = nil,
        isSignalled: () -> Bool = { false },
        isolation: isolated (any Actor)? = #isolation
    ) async -> Wake {
        let ticket = ticket ?? makeTicket()
        if isShielded {
            return await suspend(interest, socket, deadline, isShielded, ticket, isSignalled)
        }
        return await withTaskCancellationHandler {
            await suspend(interest, socket, deadline, isShielded, ticket, isSignalled)
        } onCancel: {
            finish(ticket, with: .cancelled)
        }
    }

    /// Ends the wait that has the ticket, if it has begun and not ended.
    func signal(_ ticket: Ticket) {
        finish(ticket, with: .signalled)
    }

    private func suspend(
        _ interest: Interest,
        _ socket: Int32,
        _ deadline: ContinuousClock.Instant,
        _ isShielded: Bool,
        _ ticket: Ticket,
        _ isSignalled: () -> Bool,
        isolation: isolated (any Actor)? = #isolation
    ) async -> Wake {
        await withCheckedContinuation { continuation in
            let (early, alarmMoved) = state.withLock { state -> (Wake?, Bool) in
                // Asked under the lock that `finish` takes: what comes later finds the wait in the table.
                if isSignalled() { return (.signalled, false) }
                if !isShielded && Task.isCancelled { return (.cancelled, false) }
                state.waits[ticket] = Wait(continuation: continuation, deadline: deadline)
                if let alarm = state.alarm, alarm <= deadline { return (nil, false) }
                state.alarm = deadline
                return (nil, true)
            }
            if let early {
                continuation.resume(returning: early)
                return
            }
            if alarmMoved { wakeThread() }
            if !isWorking.load(ordering: .relaxed) || !arm(socket, interest, ticket) {
                finish(ticket, with: .failed)
            }
        }
    }

    private func finish(_ ticket: Ticket, with wake: Wake) {
        let wait = state.withLock { $0.waits.removeValue(forKey: ticket) }
        wait?.continuation.resume(returning: wake)
    }

    private func arm(_ socket: Int32, _ interest: Interest, _ ticket: Ticket) -> Bool {
        let events: UInt32
        switch interest {
        case .none: return true
        case .reading: events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue
        case .writing: events = EPOLLOUT.rawValue
        case .readingOrWriting: events = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue
        }
        var event = unsafe epoll_event(
            events: events | EPOLLONESHOT.rawValue,
            data: epoll_data_t(u64: ticket.number)
        )
        // A socket is known to epoll from its first wait until it is closed.
        if unsafe epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) == 0 { return true }
        return unsafe errno == ENOENT && epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) == 0
    }

    func wakeThread() {
        var one: UInt64 = 1
        _ = unsafe write(wakeUp, &one, 8)
    }

    private func run() {
        let capacity = 128
        let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: capacity)
        defer { unsafe events.deallocate() }
        thread.store(UInt(pthread_self()), ordering: .relaxed)
        while true {
            runJobs()
            let limit = hasJobs ? 0 : millisecondsToAlarm()
            let count = unsafe epoll_wait(epoll, events.baseAddress, Int32(capacity), limit)
            for index in 0..<max(0, Int(count)) {
                let number = unsafe events[index].data.u64
                if number == 0 {
                    var value: UInt64 = 0
                    _ = unsafe read(wakeUp, &value, 8)
                } else {
                    finish(Ticket(number: number), with: .ready)
                }
            }
            endOverdueWaits()
        }
    }

    /// Rounded up, so that the thread never wakes just before a deadline and spins.
    private func millisecondsToAlarm() -> Int32 {
        guard let alarm = state.withLock({ $0.alarm }) else { return -1 }
        let (seconds, attoseconds) = ContinuousClock.now.duration(to: alarm).components
        if seconds > 3600 { return 3_600_000 }
        return max(0, Int32(seconds) * 1000 + Int32(attoseconds / 1_000_000_000_000_000) + 1)
    }

    private func endOverdueWaits() {
        let overdue = state.withLock { state -> [Wait] in
            guard let alarm = state.alarm, alarm <= .now else { return [] }
            let now = ContinuousClock.now
            var overdue: [Wait] = []
            var next: ContinuousClock.Instant?
            for (ticket, wait) in state.waits {
                if wait.deadline <= now {
                    state.waits[ticket] = nil
                    overdue.append(wait)
                } else if next.map({ wait.deadline < $0 }) ?? true {
                    next = wait.deadline
                }
            }
            state.alarm = next
            return overdue
        }
        for wait in overdue { wait.continuation.resume(returning: .deadline) }
    }
}
