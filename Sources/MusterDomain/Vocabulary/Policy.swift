package import EventSourcing
package import Records

/// What follows from events without anybody's command. Pure: the worker carries out what a policy asks for.
///
/// Reactions come with a key that depends on the fact alone, so that a worker which sees a fact again after a crash
/// does nothing twice. Timers are derived from the events folded so far, so they survive a restart by themselves.
package protocol Policy: Sendable {
    /// A stable name, for checkpoints and metrics.
    static var name: String { get }

    /// Takes in one fact of the log, in the order of positions.
    mutating func evolve(_ fact: Fact)

    /// What is to be done because of a fact that was just taken in.
    func reactions(to fact: Fact) -> [Reaction]

    /// What is to be done at a time, unless a later fact makes it needless. In the order of their times.
    var timers: [PolicyTimer] { get }
}

extension Policy {
    package var timers: [PolicyTimer] { [] }
}

/// Something that a policy asks for.
package enum Reaction: Sendable {
    /// A command of Muster itself. Equal keys mean the same command.
    case issue(command: any Command, actor: Actor, key: String)
    case deliver(TaskDelivery)
    case forget(ErasedDeliveries)
}

/// A command that is due at a time.
package struct PolicyTimer: Sendable {
    /// Equal keys mean the same timer.
    package let key: String
    package let due: Timestamp
    package let command: any Command
    package let actor: Actor
    /// The event that started the clock; nil when its id is not known.
    package let cause: EventID?

    package init(key: String, due: Timestamp, command: any Command, actor: Actor, cause: EventID?) {
        self.key = key
        self.due = due
        self.command = command
        self.actor = actor
        self.cause = cause
    }
}

/// A task on its way to a party, by whichever channel the party has.
package struct TaskDelivery: Hashable, Sendable {
    package let party: PartyID
    package let kind: TaskDeliveryKind
    /// Equal keys mean the same delivery.
    package let key: String
    package let matter: MatterID
    /// For people, as the line of a desk page.
    package let words: Words
    /// For systems: a `TaskContent` as JSON.
    package let payload: [UInt8]

    package init(
        party: PartyID,
        kind: TaskDeliveryKind,
        key: String,
        matter: MatterID,
        words: Words,
        payload: [UInt8]
    ) {
        self.party = party
        self.kind = kind
        self.key = key
        self.matter = matter
        self.words = words
        self.payload = payload
    }
}

/// What is to be forgotten of tasks that are on their way, or were delivered and are kept.
package struct ErasedDeliveries: Hashable, Sendable {
    package let matter: MatterID
    /// Nil for deliveries of every kind.
    package let kind: TaskDeliveryKind?
    /// Members of `TaskContent` that read as erased from now on.
    package let members: [String]

    package init(matter: MatterID, kind: TaskDeliveryKind? = nil, members: [String]) {
        self.matter = matter
        self.kind = kind
        self.members = members
    }
}

/// What a delivery asks of its party.
package enum TaskDeliveryKind: String, Choice {
    /// Accept a whistle and come.
    case whistle
    /// Do a part of the work.
    case task
    /// Come again: the matter was not solved.
    case reopened
    /// Nothing any more: the whistle was withdrawn.
    case withdrawn

    package var words: Words {
        switch self {
        case .whistle: Words("Whistle", zh: "吹哨")
        case .task: Words("Task", zh: "任务")
        case .reopened: Words("Come again", zh: "再次到场")
        case .withdrawn: Words("Withdrawn", zh: "已撤哨")
        }
    }
}
