import EventSourcing
import MusterCommands
import MusterDomain

/// A command that a policy asks for, under its derived id.
struct IssuedCommand: Sendable {
    let policy: String
    let envelope: CommandEnvelope

    /// What a policy wants because of a fact.
    init(_ command: any Command, by actor: Actor, key: String, policy: String, because fact: Fact) {
        self.policy = policy
        envelope = CommandEnvelope(
            id: CommandID(of: policy, because: fact.id, key: key),
            command: command,
            entry: CommandCatalogue.entry(of: command),
            actor: actor,
            correlation: fact.origin.correlation,
            causation: fact.id
        )
    }

    /// What a policy wants when a timer is due.
    init(_ timer: PolicyTimer, policy: String) {
        self.policy = policy
        envelope = CommandEnvelope(
            id: CommandID(of: policy, because: timer.cause, key: timer.key),
            command: timer.command,
            entry: CommandCatalogue.entry(of: timer.command),
            actor: timer.actor,
            causation: timer.cause
        )
    }
}
