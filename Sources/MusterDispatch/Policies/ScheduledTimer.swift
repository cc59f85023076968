import EventSourcing
import MusterCommands
import MusterDomain

/// A policy's timer with its place in time.
struct ScheduledTimer: Sendable {
    /// What makes a timer the same when policies are asked again. A timer whose time was moved is another.
    struct Identity: Hashable, Sendable {
        let due: Timestamp
        let policy: String
        let key: String
        let cause: EventID?
    }

    private let timer: PolicyTimer
    private let policy: String

    init(_ timer: PolicyTimer, policy: String) {
        self.timer = timer
        self.policy = policy
    }

    var due: Timestamp { timer.due }

    var identity: Identity { Identity(due: due, policy: policy, key: timer.key, cause: timer.cause) }

    /// What is sent when it is due. Its id is a hash, so it is made for the timers that fire alone.
    var command: IssuedCommand { IssuedCommand(timer, policy: policy) }
}

extension ScheduledTimer: Comparable {
    static func < (lhs: ScheduledTimer, rhs: ScheduledTimer) -> Bool {
        (lhs.due, lhs.policy, lhs.timer.key) < (rhs.due, rhs.policy, rhs.timer.key)
    }

    static func == (lhs: ScheduledTimer, rhs: ScheduledTimer) -> Bool { lhs.identity == rhs.identity }
}
