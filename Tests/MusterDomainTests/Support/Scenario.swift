import EventSourcing
import MusterDomain
import Testing

/// One matter's story: commands go in one after another, their events are folded as the log would give them back.
struct Scenario {
    var town = Town()
    private(set) var matter = Matter()
    private(set) var facts: [Fact] = []
    var now = Town.noon

    var events: [MatterEvent] {
        facts.compactMap { if case .matter(let event) = $0.event { event } else { nil } }
    }

    init(in town: Town = Town()) { self.town = town }

    /// Sends a command that must be accepted.
    @discardableResult
    mutating func send<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws(Rejection)
        -> [MatterEvent] where C.Subject == Matter
    {
        let context = town.context(of: actor, occurredAt: time ?? now, now: now)
        try context.authorise(CommandCatalogue.entry(of: command))
        let events = try command.decide(matter, in: context)
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
            matter.evolve(event, from: origin)
            facts.append(
                Fact(
                    position: Position(Int64(facts.count + 1)),
                    stream: Matter.stream(event.matter),
                    version: StreamVersion(Int32(facts.count + 1)),
                    id: eventID,
                    type: MatterEvent.table.encode(event)?.type ?? EventType("missing"),
                    origin: origin,
                    event: .matter(event)
                )
            )
        }
        return events
    }

    /// What would be said to a command; nil when it would be accepted. Nothing changes.
    func refusal<C: Command>(of command: C, by actor: Actor, at time: Timestamp? = nil) -> Rejection?
    where C.Subject == Matter {
        var copy = self
        do throws(Rejection) {
            try copy.send(command, by: actor, at: time)
            return nil
        } catch {
            return error
        }
    }

    mutating func wait(_ time: Duration) { now = now + time }
}

/// How far a scenario is taken.
enum Milestone: String, CaseIterable, Sendable {
    case unraised, raised, investigating, resolvedLocally, awaitingConsent, consented
    case whistled, enRoute, inAction, done, filedOneSide, filedBoth, awaitingFeedback, answered, closed, reopened
    case withdrawn, disputed
}

extension Scenario {
    /// The story of the blocked passage, up to a milestone: fire leads, police comes along.
    init(upTo milestone: Milestone, in town: Town = Town()) throws {
        self.init(in: town)
        switch milestone {
        case .unraised, .raised, .investigating, .resolvedLocally, .awaitingConsent, .consented:
            try begin(upTo: milestone)
        case .withdrawn:
            try whistle(upTo: .whistled)
            try send(WithdrawWhistle(matter: "M-1", reason: "The cars are gone."), by: Town.head)
        case .disputed:
            try whistle(upTo: .whistled)
            let dispute = DisputeCompetence(
                matter: "M-1",
                department: "police",
                duty: "passage.clear",
                argument: "Fire's."
            )
            try send(dispute, by: Town.police)
        case .whistled, .enRoute, .inAction, .done, .filedOneSide, .filedBoth, .awaitingFeedback, .answered, .closed,
            .reopened:
            try whistle(upTo: milestone)
        }
    }

    private mutating func begin(upTo milestone: Milestone) throws {
        if milestone == .unraised { return }
        try send(Self.raise, by: Town.system)
        if milestone == .raised { return }
        try send(AssignInvestigator(matter: "M-1", person: "gw-02"), by: Town.head)
        if milestone == .investigating { return }
        if milestone == .resolvedLocally {
            try send(ResolveLocally(matter: "M-1", text: "The owner moved the car."), by: Town.gridWorker)
            return
        }
        try send(Self.findings, by: Town.gridWorker)
        try send(RequestConsent(matter: "M-1", reason: "Two cars."), by: Town.gridWorker)
        if milestone == .awaitingConsent { return }
        try send(GiveConsent(matter: "M-1", text: "Yes."), by: Town.head)
    }

    private mutating func whistle(upTo milestone: Milestone) throws {
        try begin(upTo: .investigating)
        try send(Self.emergency(), by: Town.head)
        if milestone == .whistled { return }
        try send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        if milestone == .enRoute { return }
        try send(ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        if milestone == .inAction { return }
        try send(CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Clear."), by: Town.fire)
        if milestone == .done { return }
        try send(Self.communityFiling, by: Town.head)
        if milestone == .filedOneSide { return }
        try send(Self.departmentFiling, by: Town.fire)
        if milestone == .filedBoth { return }
        try send(AskFeedback(matter: "M-1"), by: Town.head)
        if milestone == .awaitingFeedback { return }
        if milestone == .reopened {
            try send(GiveFeedback(matter: "M-1", solved: false), by: Town.resident)
            return
        }
        try send(GiveFeedback(matter: "M-1", solved: true, score: 5), by: Town.resident)
        if milestone == .answered { return }
        try send(CloseMatter(matter: "M-1"), by: Town.head)
    }

    static let raise = RaiseMatter(
        matter: "M-1",
        report: "R-1",
        kind: .blockedPassage,
        territory: "dq-02",
        place: "Dongqiao 7",
        title: "Two cars block the fire lane",
        text: "Two cars block the fire lane.",
        reporter: "resident-1",
        urgency: .emergency
    )
    static let findings = RecordFindings(matter: "M-1", text: "Two cars, no owners.", needsDepartment: true)
    static let communityFiling = FileWithSuperior(matter: "M-1", side: .community, superior: "Street", text: "Cleared.")
    static let departmentFiling = FileWithSuperior(
        matter: "M-1",
        side: .department,
        superior: "Brigade",
        text: "Cleared."
    )

    static func emergency(
        _ departments: [PartyID] = ["fire", "police"],
        lead: LeadChoice? = .party("fire"),
        duty: DutyID = "passage.clear"
    ) -> BlowWhistle {
        blow(.emergency, departments, lead: lead, duty: duty)
    }

    static func blow(
        _ kind: WhistleKind,
        _ departments: [PartyID] = ["fire", "police"],
        lead: LeadChoice? = .party("fire"),
        duty: DutyID = "passage.clear"
    ) -> BlowWhistle {
        BlowWhistle(
            matter: "M-1",
            kind: kind,
            urgency: kind == .emergency ? .emergency : .urgent,
            duty: duty,
            departments: departments,
            lead: lead,
            basis: "The fire lane is blocked."
        )
    }
}
