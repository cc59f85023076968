package import EventSourcing
package import Records

/// What an actor asks for. One file holds all of it: the fields, their description, who may send it, and what it
/// decides.
package protocol Command<Subject>: Sendable {
    associatedtype Subject: Aggregate

    /// Name, words, who may send it, and the fields: everything a door needs to know.
    static var description: CommandDescription<Self> { get }

    /// The stream whose events decide, and to which the new events are appended.
    var stream: StreamName { get }

    /// The events that follow, or a typed rejection. Pure: times and ids come with the command or its context.
    ///
    /// An empty list means that nothing is left to do; the command is accepted and appends nothing.
    func decide(_ subject: Subject, in context: Context) throws(Rejection) -> [Subject.Event]

    /// Other streams of the same sort of subject that it names and that its decision looks at; none for nearly all.
    var references: [StreamName] { get }

    /// Whether its decision looks at the playbooks of its context; for others they are not read. False for nearly all.
    static var readsPlaybooks: Bool { get }

    /// Something that only one command may ever take, beside its own stream; nil for nearly all.
    var claim: StreamClaim<Subject.Event>? { get }

    /// Decides, and writes what follows as the log takes it. Every command has it already.
    ///
    /// It is asked of each command, so that it is compiled for the types of each: whoever handles any command would have
    /// the types of its subject and events looked up again for every one.
    ///
    /// - Parameter folded: nil for a stream without events.
    func decision(
        on folded: (any FoldedSubject)?,
        in context: Context,
        as metadata: EventMetadata
    ) throws(Rejection) -> Decision
}

extension Command {
    package var references: [StreamName] { [] }
    package static var readsPlaybooks: Bool { false }
    package var claim: StreamClaim<Subject.Event>? { nil }

    /// Its fields as JSON, as `CommandEntry.decode` reads them.
    package var data: [UInt8] { Self.description.record.encode(self) }
}

/// The state that a stream's events add up to.
package protocol Aggregate: Sendable {
    associatedtype Event: DomainEvent

    /// The state before the first event.
    init()

    /// Takes in one event. Events are facts: this never refuses.
    mutating func evolve(_ event: Event, from origin: Origin)

    /// Takes in what follows in the stream. Every aggregate has it already; see ``Command/decision(on:in:as:)``.
    ///
    /// - Parameters:
    ///   - events: in the order of the stream; those of kinds that are not known are passed over.
    ///   - folded: nil before the first event.
    /// - Throws: what is wrong with an event that cannot be read.
    static func fold(
        _ events: [RecordedEvent],
        after folded: (any FoldedSubject)?
    ) throws(Problems) -> any FoldedSubject
}

/// What a decision may look at besides its subject. All of it is given; nothing here reads a clock.
package struct Context: Sendable {
    package let actor: Actor
    package let command: CommandID
    /// When it happened, as the actor says.
    package let occurredAt: Timestamp
    /// When the command came in.
    package let now: Timestamp
    /// Parties, posts and responsibility lists.
    package let authority: Authority
    package let territories: TerritoryRegister
    package let limits: Limits
    /// Empty for commands that do not read them.
    package let playbooks: PlaybookRegister
    /// What the command's references are, as far as was known when it was decided.
    private let references: [StreamName: any Aggregate]

    package init(
        actor: Actor,
        command: CommandID,
        occurredAt: Timestamp,
        now: Timestamp,
        authority: Authority,
        territories: TerritoryRegister,
        limits: Limits,
        playbooks: PlaybookRegister = PlaybookRegister(),
        references: [StreamName: any Aggregate] = [:]
    ) {
        self.actor = actor
        self.command = command
        self.occurredAt = occurredAt
        self.now = now
        self.authority = authority
        self.territories = territories
        self.limits = limits
        self.playbooks = playbooks
        self.references = references
    }

    /// The subject of one of the command's references; as before its first event where there is none.
    func reference<Subject: Aggregate>(_: Subject.Type, _ stream: StreamName) -> Subject {
        references[stream] as? Subject ?? Subject()
    }
}

/// A command described once: its JSON, its messages, its schema, its help and its form all come from here.
package struct CommandDescription<C: Command>: Sendable {
    package let name: String
    package let system: DomainSystem
    package let words: Words
    package let help: Words?
    /// Who may send it.
    package let roles: [Role]
    /// The rule that keeps others from sending it.
    package let roleRule: String
    /// Whether it gives an order or sets a rule for others, which a property company never may (R1.1).
    package let isOrder: Bool
    /// Whether its events name nobody in particular as who acted (R14.4).
    package let hidesActor: Bool
    package let record: Record<C>

    package init(
        _ name: String,
        of system: DomainSystem,
        _ words: Words,
        help: Words? = nil,
        by roles: [Role],
        under roleRule: String = "S1",
        isOrder: Bool = false,
        hidesActor: Bool = false,
        _ record: Record<C>
    ) {
        self.name = name
        self.system = system
        self.words = words
        self.help = help
        self.roles = roles
        self.roleRule = roleRule
        self.isOrder = isOrder
        self.hidesActor = hidesActor
        self.record = record
    }
}

/// The sixteen systems of the domain.
package enum DomainSystem: String, Hashable, Sendable, CaseIterable {
    case authority = "S1"
    case territory = "S2"
    case whistles = "S3"
    case directives = "S4"
    case intake = "S5"
    case playbooks = "S6"
    case screening = "S7"
    case healthWatch = "S8"
    case access = "S9"
    case supplies = "S10"
    case facilities = "S11"
    case workforce = "S12"
    case volunteers = "S13"
    case feedback = "S14"
    case readiness = "S15"
    case privacy = "S16"
}
