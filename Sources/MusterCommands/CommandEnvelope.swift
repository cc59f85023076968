package import EventSourcing
package import MusterDomain
package import Records

/// A command as it came through a door: decoded, and from an actor whose identity was proven there.
package struct CommandEnvelope: Sendable {
    /// The idempotency key: the same id again gets the first answer again.
    package let id: CommandID
    package let command: any Command
    package let entry: CommandEntry
    package let actor: Actor
    /// When it happened, as the actor says; nil means now.
    package let occurredAt: Timestamp?
    /// The first command of a chain; nil for a command that is the first itself.
    package let correlation: CommandID?
    /// The event that made a policy issue the command; nil for commands of people.
    package let causation: EventID?

    package init(
        id: CommandID,
        command: any Command,
        entry: CommandEntry,
        actor: Actor,
        occurredAt: Timestamp? = nil,
        correlation: CommandID? = nil,
        causation: EventID? = nil
    ) {
        self.id = id
        self.command = command
        self.entry = entry
        self.actor = actor
        self.occurredAt = occurredAt
        self.correlation = correlation
        self.causation = causation
    }
}

/// What became of a command that was not refused.
package enum CommandOutcome: Hashable, Sendable {
    /// Its events are in the log, durably.
    case appended(AppendReceipt)
    /// The same id was appended before; this is the first receipt.
    case repeated(AppendReceipt)
    /// Nothing was left to do, so nothing was appended.
    case nothingToDo

    package var receipt: AppendReceipt? {
        switch self {
        case .appended(let receipt), .repeated(let receipt): receipt
        case .nothingToDo: nil
        }
    }
}

/// Why a command was not accepted. Every door maps these cases to its own answers.
package enum CommandFailure: Error, Sendable {
    /// The command breaks its description.
    case invalid(Problems)
    /// The domain says no.
    case rejected(Rejection)
    /// Others kept appending to the same stream first; try again.
    case conflict(StreamName)
    /// Too much waits already; nothing was appended. Try again after the time.
    case overloaded(retryAfter: Duration)
    /// The log cannot be read or written now; nothing was appended.
    case unavailable(reason: String)
    /// It may or may not have been appended: send the same id again.
    case outcomeUnknown
}
