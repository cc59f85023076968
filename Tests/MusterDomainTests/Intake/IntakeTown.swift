import EventSourcing
import MusterDomain
import Records
import Testing

/// The town with its intake at work: commands go in, their events are folded as the log would give them back, and what
/// the policies of intake and feedback ask for is sent as well.
struct IntakeTown {
    private(set) var town = Town()
    private(set) var facts: [Fact] = []
    /// What Muster's own commands heard.
    private(set) var refused: [String] = []
    var now = Town.noon
    private var states: [StreamName: any Aggregate] = [:]
    private var policies: [any Policy]
    private var commands = 0

    init(limits: Limits = .standard) {
        town.limits = limits
        policies = [
            IntakePolicy(), SurgePolicy(limits: limits), DataRequestPolicy(limits: limits),
            IntakeClockPolicy(), FeedbackPolicy(),
        ]
        let parents: [(TerritoryID, TerritoryLevel, TerritoryID?, Int?)] = [
            ("he", .district, nil, nil), ("he-s1", .street, "he", nil), ("dq", .community, "he-s1", 800),
            ("xw", .community, "he-s1", nil), ("dq-02", .grid, "dq", nil), ("xw-01", .grid, "xw", nil),
        ]
        for (territory, level, parent, households) in parents {
            let defined = TerritoryDefined(
                territory: territory,
                level: level,
                parent: parent,
                nameEN: territory.rawValue,
                nameZH: territory.rawValue,
                households: households
            )
            fold(fact(.defined(defined), by: Town.administrator))
        }
    }

    var reports: [ReportEvent] {
        facts.compactMap { if case .report(let event) = $0.event { event } else { nil } }
    }
    var data: [DataEvent] {
        facts.compactMap { if case .data(let event) = $0.event { event } else { nil } }
    }
    var desk: [DeskEvent] {
        facts.compactMap { if case .desk(let event) = $0.event { event } else { nil } }
    }

    var timers: [PolicyTimer] { policies.flatMap(\.timers).sorted { $0.due < $1.due } }

    func matter(_ matter: MatterID) -> Matter { states[Matter.stream(matter)] as? Matter ?? Matter() }
    func report(_ report: ReportID) -> Report { states[Report.stream(report)] as? Report ?? Report() }
    func request(_ request: DataRequestID) -> DataRequest {
        states[DataRequest.stream(request)] as? DataRequest ?? DataRequest()
    }

    mutating func wait(_ time: Duration) { now = now + time }

    /// Sends a command that must be accepted, and then whatever follows from it.
    mutating func send<C: Command>(_ command: C, by actor: Actor, at time: Timestamp? = nil) throws(Rejection) {
        var pending: [(any Command, Actor)] = []
        for fact in try decide(command, by: actor, at: time) { pending += take(fact) }
        carryOut(pending)
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

    /// Sends what timers ask for that are due.
    mutating func fireTimers() {
        carryOut(timers.filter { $0.due <= now }.map { ($0.command, $0.actor) })
    }

    private mutating func carryOut(_ commands: [(any Command, Actor)]) {
        var pending = commands[...]
        while let (command, actor) = pending.popFirst() {
            do throws(Rejection) {
                for fact in try decide(command, by: actor) { pending += take(fact) }
            } catch {
                refused.append(error.code)
            }
        }
    }

    private mutating func decide<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws(Rejection) -> [Fact] {
        let references = command.references.reduce(into: [:]) { $0[$1] = states[$1] }
        let context = town.context(of: actor, occurredAt: time ?? now, now: now, references: references)
        try context.authorise(CommandCatalogue.entry(of: command))
        var subject = states[command.stream] as? C.Subject ?? C.Subject()
        let events = try command.decide(subject, in: context)
        commands += 1
        var made: [Fact] = []
        for (ordinal, event) in events.enumerated() {
            guard let stored = C.Subject.Event.table.encode(event) else { continue }
            let id = EventID(
                command: CommandID(UniqueID(high: 7, low: UInt64(commands))),
                ordinal: Int16(ordinal)
            )
            let recorded = RecordedEvent(
                position: Position(Int64(facts.count + made.count + 1)),
                stream: command.stream,
                version: StreamVersion(1),
                id: id,
                type: stored.type,
                occurredAt: time ?? now,
                recordedAt: now,
                metadata: EventMetadata.record.encode(
                    EventMetadata(actor: actor, correlation: id.command, causation: nil)
                ),
                data: stored.data
            )
            // Through the stored form, as the log would give it back.
            guard let fact = try? Fact(recorded) else { continue }
            subject.evolve(event, from: fact.origin)
            made.append(fact)
        }
        states[command.stream] = subject
        return made
    }

    private mutating func take(_ fact: Fact) -> [(any Command, Actor)] {
        fold(fact)
        return policies.flatMap { policy in
            policy.reactions(to: fact).compactMap { reaction in
                if case .issue(let command, let actor, _) = reaction { (command, actor) } else { nil }
            }
        }
    }

    private mutating func fold(_ fact: Fact) {
        facts.append(fact)
        for index in policies.indices { policies[index].evolve(fact) }
    }

    private func fact(_ event: TerritoryEvent, by actor: Actor) -> Fact {
        let id = EventID(command: CommandID(UniqueID(high: 8, low: UInt64(facts.count))), ordinal: 0)
        return Fact(
            position: Position(Int64(facts.count + 1)),
            stream: TerritoryRegister.stream,
            version: StreamVersion(1),
            id: id,
            type: EventType("TerritoryDefined"),
            origin: Origin(event: id, actor: actor, occurredAt: now, recordedAt: now, correlation: id.command),
            event: .territory(event)
        )
    }
}

extension IntakeTown {
    static func report(
        _ report: ReportID,
        by reporter: PersonID? = nil,
        channel: ReportChannel = .app,
        kind: ReportKind = .noise,
        territory: TerritoryID = "dq-02",
        text: String = "Too loud.",
        answeredAfter: Int? = nil
    ) -> SubmitReport {
        SubmitReport(
            report: report,
            channel: channel,
            kind: kind,
            territory: territory,
            place: "Dongqiao 7",
            text: text,
            reporter: reporter,
            answeredAfter: answeredAfter
        )
    }

    static func resident(_ person: PersonID) -> Actor {
        Actor(person: person, party: "residents", role: .resident, territory: "dq-02")
    }
}
