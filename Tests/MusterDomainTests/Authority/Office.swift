import EventSourcing
import MusterDomain
import Testing

/// The story of an office: commands of S1 go in one after another, whatever their stream, and their events are folded as
/// the log would give them back.
struct Office {
    var town = Town()
    var now = Town.noon
    private(set) var facts: [Fact] = []

    init(in town: Town = Town()) { self.town = town }

    /// Sends a command that must be accepted.
    @discardableResult
    mutating func send<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws(Rejection) -> [AuthorityEvent] where C.Subject.Event == AuthorityEvent {
        let events = try decide(command, by: actor, at: time)
        let id = CommandID(UniqueID(high: 0, low: UInt64(facts.count + 1)))
        for (ordinal, event) in events.enumerated() {
            let eventID = EventID(command: id, ordinal: Int16(ordinal))
            let origin = Origin(
                event: eventID,
                actor: actor,
                occurredAt: time ?? now,
                recordedAt: now,
                correlation: id
            )
            town.authority.evolve(event, from: origin)
            facts.append(
                Fact(
                    position: Position(Int64(facts.count + 1)),
                    stream: command.stream,
                    version: StreamVersion(Int32(facts.count + 1)),
                    id: eventID,
                    type: AuthorityEvent.table.encode(event)?.type ?? EventType("missing"),
                    origin: origin,
                    event: .authority(event)
                )
            )
        }
        return events
    }

    /// What would be said to a command; nil when it would be accepted. Nothing changes.
    func refusal<C: Command>(of command: C, by actor: Actor, at time: Timestamp? = nil) -> Rejection?
    where C.Subject.Event == AuthorityEvent {
        do throws(Rejection) {
            _ = try decide(command, by: actor, at: time)
            return nil
        } catch {
            return error
        }
    }

    /// The same as rule and reason.
    func code<C: Command>(of command: C, by actor: Actor, at time: Timestamp? = nil) -> String?
    where C.Subject.Event == AuthorityEvent {
        refusal(of: command, by: actor, at: time)?.code
    }

    private func decide<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp?
    ) throws(Rejection) -> [AuthorityEvent] where C.Subject.Event == AuthorityEvent {
        let context = town.context(of: actor, occurredAt: time ?? now, now: now)
        try context.authorise(CommandCatalogue.entry(of: command))
        return try command.decide(subject(of: command), in: context)
    }

    private func subject<C: Command>(of command: C) -> C.Subject where C.Subject.Event == AuthorityEvent {
        if let authority = town.authority as? C.Subject { return authority }
        var subject = C.Subject()
        for fact in facts where fact.stream == command.stream {
            if case .authority(let event) = fact.event { subject.evolve(event, from: fact.origin) }
        }
        return subject
    }

    mutating func wait(_ time: Duration) { now = now + time }

    /// Sends whatever a policy's clocks ask for until now.
    mutating func runClocks() throws {
        var policy = AuthorityClockPolicy()
        for fact in facts { policy.evolve(fact) }
        while let timer = policy.timers.first, timer.due <= now {
            let before = facts.count
            switch timer.command {
            case let command as ExpireMeasure: try send(command, by: timer.actor)
            case let command as LapseLocalMeasure: try send(command, by: timer.actor)
            case let command as RecordListReviewDue: try send(command, by: timer.actor)
            default: Issue.record("an unexpected command of a clock")
            }
            guard facts.count > before else {
                Issue.record("\(timer.key) changes nothing")
                return
            }
            for fact in facts[before...] { policy.evolve(fact) }
        }
    }

    func measure(_ id: MeasureID) -> Measure? { town.authority.measures[id] }

    /// What people had to keep in a place.
    func inForce(_ kind: MeasureKind, in territory: TerritoryID, at time: Timestamp? = nil) -> [MeasureID] {
        town.authority.measures.inForce(kind, in: territory, of: town.territories, at: time ?? now).map(\.id)
    }
}

extension Office {
    static let day = Duration.seconds(86_400)

    /// The district limits gatherings to 50 people for ten days, and lets lower levels choose 20 to 100.
    static func limit(
        _ measure: MeasureID = "limit",
        territory: TerritoryID = "he",
        legalBasis: String? = "Emergency Response Law, art. 49",
        from: Timestamp = Town.noon,
        to: Timestamp? = Town.noon + day * 10,
        figure: Int? = 50,
        mildest: Int? = 100,
        strictest: Int? = 20
    ) -> IssueMeasure {
        IssueMeasure(
            measure: measure,
            kind: .gatheringLimit,
            territory: territory,
            legalBasis: legalBasis,
            from: from,
            to: to,
            figure: figure,
            mildest: mildest,
            strictest: strictest
        )
    }

    /// A community's own limit for its ground.
    static func local(
        _ measure: MeasureID = "local",
        under parent: MeasureID = "limit",
        kind: MeasureKind = .gatheringLimit,
        territory: TerritoryID = "dq",
        from: Timestamp = Town.noon,
        to: Timestamp? = Town.noon + day,
        figure: Int? = 30
    ) -> ProposeLocalMeasure {
        ProposeLocalMeasure(
            measure: measure,
            parent: parent,
            kind: kind,
            territory: territory,
            from: from,
            to: to,
            figure: figure,
            reason: "The hall is small."
        )
    }

    static func limited() throws(Rejection) -> Office {
        var office = Office()
        try office.send(limit(), by: Town.district)
        return office
    }
}
