import EventSourcing
import MusterCommands
import MusterDomain

/// A policy's timer with its place in time.
struct ScheduledTimer: Sendable {
    /// What makes a timer the same when policies are asked again. A timer whose time was moved is another.
    struct Identity: Hashable, Sendable {
        let command: CommandID
        let due: Timestamp
    }

    let due: Timestamp
    let command: IssuedCommand

    init(_ timer: PolicyTimer, policy: String) {
        due = timer.due
        command = IssuedCommand(timer, policy: policy)
    }

    var identity: Identity { Identity(command: command.envelope.id, due: due) }
}

extension ScheduledTimer: Comparable {
    static func < (lhs: ScheduledTimer, rhs: ScheduledTimer) -> Bool {
        (lhs.due, lhs.command.envelope.id) < (rhs.due, rhs.command.envelope.id)
    }

    static func == (lhs: ScheduledTimer, rhs: ScheduledTimer) -> Bool { lhs.identity == rhs.identity }
}
