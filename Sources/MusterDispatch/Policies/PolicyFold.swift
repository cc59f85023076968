import EventSourcing
import MusterDomain

/// All policies, folded over the log up to a position.
struct PolicyFold: Sendable {
    /// What the facts of a batch call for.
    struct Reactions: Sendable {
        var commands: [IssuedCommand] = []
        var deliveries: [TaskDelivery] = []

        var forgotten: [ErasedDeliveries] = []

        var isEmpty: Bool { commands.isEmpty && deliveries.isEmpty && forgotten.isEmpty }
    }

    private var policies: [any Policy]
    private(set) var position = Position.origin

    init(_ policies: [any Policy]) { self.policies = policies }

    /// Takes facts in, in the order of the log. Those up to `checkpoint` were reacted to before and are only folded.
    mutating func take(_ facts: [Fact], after checkpoint: Position) -> Reactions {
        var reactions = Reactions()
        for fact in facts {
            position = fact.position
            for index in policies.indices {
                policies[index].evolve(fact)
                guard fact.position > checkpoint else { continue }
                let name = type(of: policies[index]).name
                for reaction in policies[index].reactions(to: fact) {
                    switch reaction {
                    case .issue(let command, let actor, let key):
                        reactions.commands.append(
                            IssuedCommand(command, by: actor, key: key, policy: name, because: fact)
                        )
                    case .deliver(let delivery):
                        reactions.deliveries.append(delivery)
                    case .forget(let deliveries):
                        reactions.forgotten.append(deliveries)
                    }
                }
            }
        }
        return reactions
    }

    /// The timers of all policies as they stand.
    var timers: [ScheduledTimer] {
        policies.flatMap { policy in
            policy.timers.map { ScheduledTimer($0, policy: type(of: policy).name) }
        }
    }
}
