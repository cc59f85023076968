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
    /// Equal keys mean the same delivery.
    package let key: String
    /// For people, as the line of a desk page.
    package let words: Words
    /// For systems.
    package let content: TaskContent

    /// - Parameters:
    ///   - fact: what is told.
    ///   - part: tells apart what one fact has to say to one party; nil where that is one thing.
    ///   - line: what it is about, as people read it.
    package init(
        _ content: TaskContent,
        to party: PartyID,
        because fact: Fact,
        part: String? = nil,
        line: Words
    ) {
        self.party = party
        key = "deliver/\(fact.id)/\(party)" + (part.map { "/\($0)" } ?? "")
        words = Words("\(content.kind.words.en): \(line.en)", zh: "\(content.kind.words.zh)：\(line.zh)")
        self.content = content
    }

    package var kind: TaskDeliveryKind { content.kind }
    package var about: TaskSubject { content.about }
    /// For systems: the content as JSON.
    package var payload: [UInt8] { content.payload }
}

/// What is to be forgotten of tasks that are on their way, or were delivered and are kept.
package struct ErasedDeliveries: Hashable, Sendable {
    /// The member of payloads that says which are meant, and the text it has.
    package let member: String
    package let name: String
    /// Nil for deliveries of every kind.
    package let kind: TaskDeliveryKind?
    /// Members of payloads that read as erased from now on.
    package let members: [String]

    package init(matter: MatterID, kind: TaskDeliveryKind? = nil, members: [String]) {
        member = "matter"
        name = matter.rawValue
        self.kind = kind
        self.members = members
    }

    package init(challenge: ChallengeID, members: [String]) {
        member = "challenge"
        name = challenge.rawValue
        kind = .challenge
        self.members = members
    }
}
