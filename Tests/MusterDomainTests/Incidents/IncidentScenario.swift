import EventSourcing
import MusterDomain

/// One incident's story: commands go in one after another, their events are folded as the log would give them back.
struct IncidentScenario {
    var town: Town
    private(set) var incident = Incident()
    private(set) var facts: [Fact] = []
    var now = Town.noon

    init(in town: Town = .withPlaybook) { self.town = town }

    var events: [IncidentEvent] {
        facts.compactMap { if case .incident(let event) = $0.event { event } else { nil } }
    }

    /// Sends a command that must be accepted.
    @discardableResult
    mutating func send<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp? = nil
    ) throws(Rejection) -> [IncidentEvent] where C.Subject == Incident {
        let context = town.context(of: actor, occurredAt: time ?? now, now: now)
        try context.authorise(CommandCatalogue.entry(of: command))
        let events = try command.decide(incident, in: context)
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
            incident.evolve(event, from: origin)
            facts.append(
                Fact(
                    position: Position(Int64(facts.count + 1)),
                    stream: Incident.stream(event.incident),
                    version: StreamVersion(Int32(facts.count + 1)),
                    id: eventID,
                    type: IncidentEvent.table.encode(event)?.type ?? EventType("missing"),
                    origin: origin,
                    event: .incident(event)
                )
            )
        }
        return events
    }

    /// What would be said to a command; nil when it would be accepted. Nothing changes.
    func refusal<C: Command>(of command: C, by actor: Actor, at time: Timestamp? = nil) -> Rejection?
    where C.Subject == Incident {
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

/// How far an incident is taken.
enum IncidentMilestone: String, CaseIterable, Sendable {
    case unreported, suspected, ruledOut, verified, declared, activated, groupsUp, working, reported, summarised
    case followUp, rechecked, stoodDown, closed, reopened
}

extension IncidentScenario {
    /// The story of a case, up to a milestone.
    init(upTo milestone: IncidentMilestone, in town: Town = .withPlaybook) throws {
        self.init(in: town)
        for step in IncidentMilestone.allCases where step != .ruledOut || milestone == .ruledOut {
            try take(step)
            if step == milestone { return }
        }
    }

    private mutating func take(_ milestone: IncidentMilestone) throws {
        switch milestone {
        case .unreported: break
        case .suspected: try send(Self.report, by: Town.head)
        case .ruledOut: try send(RuleOutCase(incident: "I-1", text: "A cold."), by: Town.market)
        case .verified: try send(VerifyCase(incident: "I-1", text: "Positive."), by: Town.market)
        case .declared: try send(Self.declare(.iii), by: Town.street)
        case .activated: try send(Self.activate, by: Town.street)
        case .groupsUp:
            try standUp("entry", "dq-committee", lead: "head-dq", by: Town.head)
            try standUp("spray", "street-1", lead: "street-duty", by: Town.street)
            try standUp("watch", "police", lead: "police-duty", by: Town.police)
        case .working: try send(StartStep(incident: "I-1", step: "enter", checks: ["ppe"]), by: Town.gridWorker)
        case .reported: try report()
        case .summarised: try send(Self.summary, by: Town.street)
        case .followUp: try send(OpenFollowUp(incident: "I-1"), by: Town.system)
        case .rechecked: try recheck()
        case .stoodDown: try standDown()
        case .closed: try send(CloseIncident(incident: "I-1", text: "Over."), by: Town.street)
        case .reopened: try send(ReopenIncident(incident: "I-1", reason: "Another one."), by: Town.street)
        }
    }

    private mutating func standUp(_ group: GroupID, _ party: PartyID, lead: PersonID, by actor: Actor) throws {
        try send(StandUpGroup(incident: "I-1", group: group, party: party), by: actor)
        try send(AssignGroupLead(incident: "I-1", group: group, person: lead), by: actor)
    }

    /// Every step of the first disposal, to the reports.
    mutating func report() throws {
        try send(CompleteStep(incident: "I-1", step: "enter", text: "Two people."), by: Town.gridWorker)
        try work(CompleteStep(incident: "I-1", step: "list", figure: 2, unit: "persons"), by: Town.gridWorker)
        try work(CompleteStep(incident: "I-1", step: "entry-report", text: "Done."), by: Town.head)
        try work(Self.disinfection(["home", "shop"]), by: Town.street)
        try work(CompleteStep(incident: "I-1", step: "spray-report"), by: Town.street)
        try work(CompleteStep(incident: "I-1", step: "post", photo: "photo-1"), by: Town.police)
        try work(CompleteStep(incident: "I-1", step: "door"), by: Town.police)
        try work(CompleteStep(incident: "I-1", step: "watch-report"), by: Town.police)
    }

    /// Begins a step and completes it.
    mutating func work(_ completion: CompleteStep, by actor: Actor) throws {
        try send(StartStep(incident: "I-1", step: completion.step), by: actor)
        try send(completion, by: actor)
    }

    private mutating func recheck() throws {
        wait(Plans.minute * 2_880)
        try send(Self.recheck("two-days", sites: ["home", "shop"]), by: Town.market)
        wait(Plans.minute * 17_280)
        try send(Self.recheck("day-14"), by: Town.market)
    }

    private mutating func standDown() throws {
        try work(CompleteStep(incident: "I-1", step: "serve"), by: Town.head)
        for (group, actor) in [("entry" as GroupID, Town.head), ("spray", Town.street), ("watch", Town.police)] {
            try send(StandDownGroup(incident: "I-1", group: group), by: actor)
        }
    }

    static let report = ReportSuspectedCase(
        incident: "I-1",
        kind: "case",
        person: "resident-1",
        day: day,
        territory: "dq-02",
        sites: ["home", "shop"],
        places: ["Dongqiao 7", "Dongqiao 9"],
        text: "Fever for three days."
    )
    static let day = CaseDay(rawValue: "2026-11-21")!
    static let activate = ActivatePlaybook(incident: "I-1", playbook: "sickness", version: 1)
    static let summary = SubmitFirstDisposalSummary(incident: "I-1", text: "All groups have reported.")

    static func declare(_ level: IncidentLevel) -> DeclareIncident {
        DeclareIncident(incident: "I-1", level: level, basis: "One case.")
    }

    static func disinfection(_ sites: [SiteID], figure: Double? = 400, unit: String? = "m2") -> CompleteStep {
        CompleteStep(incident: "I-1", step: "disinfect", figure: figure, unit: unit, sites: sites)
    }

    static func recheck(_ recheck: RecheckID, passed: Bool = true, sites: [SiteID] = []) -> RecordRecheck {
        RecordRecheck(incident: "I-1", recheck: recheck, passed: passed, text: passed ? nil : "Smells.", sites: sites)
    }
}
