import EventSourcing
import MusterDomain
import Records
import Testing

/// A town in which directives go down: commands go in one after another, their events are folded as the log would give
/// them back, and what the policy asks for is carried out as the worker would do it.
struct Cascade {
    var town: Town
    var now = Town.noon
    private(set) var facts: [Fact] = []
    private(set) var policy = DirectivePolicy()
    /// Why commands of the policy were refused.
    private(set) var refusals: [Rejection] = []

    private var directives: [DirectiveID: Directive] = [:]
    private var addressed: [StreamName: AddressedDirective] = [:]
    private var waiting: [Reaction] = []
    private var fired: Set<String> = []

    static let city = Actor(person: "sj-duty", party: "sj-city", role: .districtCommand, territory: "sj")
    static let bureau = Actor(person: "sj-officer", party: "sj-police", role: .departmentOfficer, territory: "sj")
    static let otherDistrict = Actor(person: "bt-duty", party: "bt-district", role: .districtCommand, territory: "bt")
    static let neighbour = Actor(person: "gw-03", party: "dq-committee", role: .gridWorker, territory: "dq-03")

    static let text = "Each household is told, and those who came back stay at home.\n每户告知，返回人员居家。"

    /// The town of all tests in a city with a second district, and a second grid in one community.
    init(in town: Town = Town()) {
        self.town = town
        self.town.define("sj", .city, in: nil)
        self.town.define("he", .district, in: "sj")
        self.town.define("bt", .district, in: "sj")
        self.town.define("dq-02", .grid, in: "dq", households: 250)
        self.town.define("dq-03", .grid, in: "dq", households: 210)
        self.town.register("sj-city", .district)
        self.town.register("sj-police", .department)
        self.town.register("bt-district", .district)
        for actor in [Self.city, Self.bureau, Self.otherDistrict, Self.neighbour] { self.town.appoint(actor) }
        tellPolicy()
    }

    /// A town of its own, built by the caller.
    init(built town: Town) {
        self.town = town
        tellPolicy()
    }

    private mutating func tellPolicy() {
        // From the top, as they must have been defined.
        for level in TerritoryLevel.allCases {
            let places = town.territories.territories.values.filter { $0.level == level }
            for place in places.sorted(by: { $0.id < $1.id }) {
                let defined = TerritoryDefined(
                    territory: place.id,
                    level: level,
                    parent: place.parent,
                    nameEN: place.words.en,
                    nameZH: place.words.zh,
                    households: place.households
                )
                policy.evolve(fact(.territory(.defined(defined)), in: TerritoryRegister.stream, .test))
            }
        }
        for party in town.authority.parties.values.sorted(by: { $0.id < $1.id }) {
            let registered = PartyRegistered(
                party: party.id,
                nameEN: party.words.en,
                nameZH: party.words.zh,
                kind: party.kind,
                channel: party.channel
            )
            policy.evolve(fact(.authority(.partyRegistered(registered)), in: Authority.stream, .test))
        }
    }

    // MARK: - What is there

    func directive(_ id: DirectiveID = "D-1") -> Directive { directives[id] ?? Directive() }

    func copy(_ addressee: Addressee, of id: DirectiveID = "D-1") -> AddressedDirective {
        addressed[AddressedDirective.stream(id, addressee)] ?? AddressedDirective()
    }

    func status(_ addressee: Addressee, of id: DirectiveID = "D-1") -> AddresseeStatus? {
        copy(addressee, of: id).status
    }

    /// How many stand where.
    func statuses() -> [AddresseeStatus: Int] {
        addressed.values.compactMap(\.status).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    var directiveEvents: [DirectiveEvent] {
        facts.compactMap { if case .directive(let event) = $0.event { event } else { nil } }
    }

    var addressedEvents: [AddressedDirectiveEvent] {
        facts.compactMap { if case .addressedDirective(let event) = $0.event { event } else { nil } }
    }

    // MARK: - Sending

    /// Sends a command that must be accepted, and lets the policy do what follows.
    @discardableResult
    mutating func send(
        _ command: some Command<Directive>,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws
        -> [DirectiveEvent]
    {
        let events = try sendAlone(command, by: actor, at: time)
        settle()
        return events
    }

    @discardableResult
    mutating func send(
        _ command: some Command<AddressedDirective>,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws
        -> [AddressedDirectiveEvent]
    {
        let events = try decide(command, directiveCopy(command.stream), by: actor, at: time)
        for event in events {
            addressed[command.stream, default: AddressedDirective()].evolve(event.0, from: event.1)
            take(.addressedDirective(event.0), in: command.stream, event.1)
        }
        settle()
        return events.map(\.0)
    }

    /// The same while the policy has not seen it yet: nobody has been told.
    @discardableResult
    mutating func sendAlone(
        _ command: some Command<Directive>,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws
        -> [DirectiveEvent]
    {
        let id = DirectiveID(rawValue: String(command.stream.id)) ?? "none"
        let events = try decide(command, directive(id), by: actor, at: time)
        for event in events {
            directives[id, default: Directive()].evolve(event.0, from: event.1)
            take(.directive(event.0), in: command.stream, event.1)
        }
        return events.map(\.0)
    }

    /// What would be said to a command; nil when it would be accepted. Nothing changes.
    func refusal(of command: some Command<Directive>, by actor: Actor, at time: Timestamp? = nil) -> String? {
        var copy = self
        return Self.code { try copy.sendAlone(command, by: actor, at: time) }
    }

    func refusal(of command: some Command<AddressedDirective>, by actor: Actor, at time: Timestamp? = nil) -> String? {
        var copy = self
        return Self.code { try copy.send(command, by: actor, at: time) }
    }

    private static func code(_ attempt: () throws -> Void) -> String? {
        do {
            try attempt()
            return nil
        } catch let rejection as Rejection {
            return rejection.code
        } catch {
            return "\(error)"
        }
    }

    private func directiveCopy(_ stream: StreamName) -> AddressedDirective { addressed[stream] ?? AddressedDirective() }

    private func decide<C: Command>(
        _ command: C,
        _ subject: C.Subject,
        by actor: Actor,
        at time: Timestamp?
    ) throws(Rejection) -> [(C.Subject.Event, Origin)] {
        let context = town.context(of: actor, occurredAt: time ?? now, now: now)
        try context.authorise(CommandCatalogue.entry(of: command))
        let id = CommandID(UniqueID(high: 0, low: UInt64(facts.count + 1)))
        return try command.decide(subject, in: context).enumerated().map { ordinal, event in
            let origin = Origin(
                event: EventID(command: id, ordinal: Int16(ordinal)),
                actor: actor,
                occurredAt: time ?? now,
                recordedAt: now,
                correlation: id
            )
            return (event, origin)
        }
    }

    // MARK: - What follows

    private mutating func take(_ event: AnyEvent, in stream: StreamName, _ origin: Origin) {
        let fact = fact(event, in: stream, origin)
        facts.append(fact)
        policy.evolve(fact)
        waiting += policy.reactions(to: fact)
    }

    private func fact(_ event: AnyEvent, in stream: StreamName, _ origin: Origin) -> Fact {
        let type: EventType? =
            switch event {
            case .directive(let event): DirectiveEvent.table.encode(event)?.type
            case .addressedDirective(let event): AddressedDirectiveEvent.table.encode(event)?.type
            default: nil
            }
        return Fact(
            position: Position(Int64(facts.count + 1)),
            stream: stream,
            version: StreamVersion(Int32(facts.count + 1)),
            id: origin.event ?? EventID(command: origin.correlation, ordinal: 0),
            type: type ?? EventType("missing"),
            origin: origin,
            event: event
        )
    }

    /// Carries out what the policy asked for, in its order.
    mutating func settle() {
        while !waiting.isEmpty {
            let reactions = waiting
            waiting = []
            for case .issue(let command, let actor, _) in reactions { issue(command, by: actor) }
        }
    }

    /// Lets time pass, and timers fire.
    mutating func wait(_ time: Duration) {
        let end = now + time
        while let next = policy.timers.first(where: { $0.due <= end && !fired.contains($0.key) }) {
            now = max(now, next.due)
            fired.insert(next.key)
            issue(next.command, by: next.actor)
            settle()
        }
        now = end
    }

    private mutating func issue(_ command: any Command, by actor: Actor) {
        do {
            switch command {
            case let command as any Command<Directive>: try send(command, by: actor)
            case let command as any Command<AddressedDirective>: try send(command, by: actor)
            default: Issue.record("the policy asks for \(command)")
            }
        } catch let rejection as Rejection {
            refusals.append(rejection)
        } catch {
            Issue.record("\(error)")
        }
    }
}

extension Addressee: ExpressibleByStringLiteral {
    /// As `dq-02` or `dq/jindi`.
    public init(stringLiteral value: String) {
        let parts = value.split(separator: "/").map(String.init)
        self.init(TerritoryID(stringLiteral: parts[0]), parts.count > 1 ? PartyID(stringLiteral: parts[1]) : nil)
    }
}
