import EventSourcing
import MusterDomain
import Testing

/// A quarter of the town with buildings: commands go in one after another, their events are folded as the log would give
/// them back, and what the policy asks for is done.
struct Quarter {
    private(set) var town = Town()
    private var states: [StreamName: any Sendable] = [:]
    private(set) var policy = GridPolicy()
    private(set) var facts: [Fact] = []
    var now = Town.noon
    /// Refusals of what the policy asked for.
    private(set) var refused: [Rejection] = []

    init() {
        for (id, level, parent) in Self.places {
            let defined = TerritoryDefined(territory: id, level: level, parent: parent, nameEN: "A", nameZH: "甲")
            policy.evolve(fact(.territory(.defined(defined)), TerritoryRegister.stream, .test))
        }
    }

    private static let places: [(TerritoryID, TerritoryLevel, TerritoryID?)] = [
        ("he", .district, nil), ("he-s1", .street, "he"), ("dq", .community, "he-s1"), ("xw", .community, "he-s1"),
        ("dq-02", .grid, "dq"), ("xw-01", .grid, "xw"),
    ]

    /// Three buildings in the grid dq-02; the first has a unit and two households.
    static func settled() throws -> Quarter {
        var quarter = Quarter()
        for building in ["b1", "b2", "b3"] as [TerritoryID] {
            try quarter.send(Self.building(building), by: Town.head)
        }
        try quarter.send(RegisterUnit(building: "b1", unit: "u1"), by: Town.gridWorker)
        try quarter.send(Self.household("h1", "101"), by: Town.gridWorker)
        try quarter.send(Self.household("h2", "102", contact: "resident-2"), by: Town.gridWorker)
        return quarter
    }

    static func building(_ id: TerritoryID, in parent: TerritoryID = "dq-02", households: Int? = 80) -> RegisterBuilding
    {
        RegisterBuilding(building: id, parent: parent, nameEN: "Block", nameZH: "楼", households: households)
    }

    static func household(
        _ id: HouseholdID,
        _ door: String,
        contact: PersonID? = "resident-1"
    ) -> RegisterHousehold {
        RegisterHousehold(building: "b1", household: id, unit: "u1", door: door, contact: contact)
    }

    static func visit(_ outcome: VisitOutcome, _ household: HouseholdID = "h1", absent: [PersonID] = []) -> RecordVisit
    {
        RecordVisit(building: "b1", household: household, outcome: outcome, absent: absent)
    }

    // MARK: Sending

    /// Sends a command that must be accepted.
    @discardableResult
    mutating func send<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws(Rejection) -> [C.Subject.Event] {
        let context = Context(
            actor: actor,
            command: nextID,
            occurredAt: time ?? now,
            now: now,
            authority: town.authority,
            territories: town.territories,
            limits: town.limits
        )
        try context.authorise(CommandCatalogue.entry(of: command))
        let events = try command.decide(state(of: command), in: context)
        for (ordinal, event) in events.enumerated() {
            let origin = Origin(
                event: EventID(command: context.command, ordinal: Int16(ordinal)),
                actor: actor,
                occurredAt: time ?? now,
                recordedAt: now,
                correlation: context.command
            )
            var next: C.Subject = state(of: command)
            next.evolve(event, from: origin)
            states[command.stream] = next
            if let territories = next as? TerritoryRegister { town.territories = territories }
            take(event, command.stream, origin)
        }
        return events
    }

    /// What would be said to a command; nil when it would be accepted. Nothing changes.
    func refusal<C: Command>(of command: C, by actor: Actor, at time: Timestamp? = nil) -> String? {
        var copy = self
        do throws(Rejection) {
            try copy.send(command, by: actor, at: time)
            return nil
        } catch {
            return error.code
        }
    }

    mutating func tell(_ event: IncidentEvent) { take(event, Incident.stream(event.incident), origin) }

    mutating func tell(_ event: AuthorityEvent) {
        town.authority.evolve(event, from: origin)
        take(event, Authority.stream, origin)
    }

    mutating func appoint(_ actor: Actor) {
        tell(
            .personAppointed(
                PersonAppointed(
                    person: actor.person,
                    role: actor.role,
                    party: actor.party,
                    territory: actor.territory,
                    from: now
                )
            )
        )
    }

    mutating func publish(_ entries: [ResponsibilityEntry]) {
        town.publish("2026-2", from: Town.noon - .seconds(60), entries)
    }

    /// Lets time pass, and the timers fire that are due until then, in their order.
    mutating func wait(_ time: Duration) {
        let end = now + time
        while let timer = policy.timers.first, timer.due <= end {
            now = max(now, timer.due)
            let before = facts.count
            issue(timer.command, by: timer.actor)
            guard facts.count > before else { break }
        }
        now = end
    }

    // MARK: Asking

    func register(_ building: TerritoryID = "b1") -> HouseholdRegister {
        states[HouseholdRegister.stream(building)] as? HouseholdRegister ?? HouseholdRegister()
    }

    func post(_ grid: TerritoryID) -> GridPost { states[GridPost.stream(grid)] as? GridPost ?? GridPost() }

    var households: [HouseholdEvent] {
        facts.compactMap { if case .household(let event) = $0.event { event } else { nil } }
    }

    var lastEvent: EventID? { facts.last?.id }

    // MARK: Folding

    private var nextID: CommandID { CommandID(UniqueID(high: 7, low: UInt64(facts.count + 1))) }

    private var origin: Origin {
        Origin(
            event: EventID(command: nextID, ordinal: 0),
            actor: Town.administrator,
            occurredAt: now,
            recordedAt: now,
            correlation: nextID
        )
    }

    private func state<C: Command>(of command: C) -> C.Subject {
        if let territories = town.territories as? C.Subject { return territories }
        return states[command.stream] as? C.Subject ?? C.Subject()
    }

    private mutating func take(_ event: some DomainEvent, _ stream: StreamName, _ origin: Origin) {
        let any: AnyEvent =
            switch event {
            case let event as TerritoryEvent: .territory(event)
            case let event as GridWorkerEvent: .gridWorker(event)
            case let event as HouseholdEvent: .household(event)
            case let event as IncidentEvent: .incident(event)
            case let event as AuthorityEvent: .authority(event)
            default: .unknown
            }
        let fact = fact(any, stream, origin)
        facts.append(fact)
        policy.evolve(fact)
        for case .issue(let command, let actor, _) in policy.reactions(to: fact) { issue(command, by: actor) }
    }

    private mutating func issue(_ command: any Command, by actor: Actor) {
        func send<C: Command>(_ command: C, _ quarter: inout Quarter) {
            do throws(Rejection) {
                try quarter.send(command, by: actor)
            } catch {
                quarter.refused.append(error)
            }
        }
        send(command, &self)
    }

    private func fact(_ event: AnyEvent, _ stream: StreamName, _ origin: Origin) -> Fact {
        Fact(
            position: Position(Int64(facts.count + 1)),
            stream: stream,
            version: StreamVersion(1),
            id: origin.event ?? EventID(command: nextID, ordinal: 0),
            type: EventType("Test"),
            origin: origin,
            event: event
        )
    }
}

extension Quarter {
    /// An incident in a place is declared.
    mutating func declare(_ incident: IncidentID = "I-1", in territory: TerritoryID = "dq") {
        tell(
            .caseSuspected(
                CaseSuspected(
                    incident: incident,
                    kind: "gas-leak",
                    day: Self.day,
                    territory: territory,
                    text: "A leak.",
                    verifyBy: now,
                    limit: .seconds(60)
                )
            )
        )
        tell(.declared(IncidentDeclared(incident: incident, level: .iv, basis: "A leak.")))
    }

    mutating func close(_ incident: IncidentID = "I-1") {
        tell(.closed(IncidentClosed(incident: incident)))
    }

    private static let day = CaseDay(rawValue: "2026-11-21")!
}
