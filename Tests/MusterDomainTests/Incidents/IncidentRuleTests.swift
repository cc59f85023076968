import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules R6.1 to R6.7, each at least once.
@Suite struct IncidentRuleTests {
    @Test("R6.1 groups start side by side, in any order")
    func parallel() throws {
        let scenario = try IncidentScenario(upTo: .groupsUp)
        #expect(scenario.refusal(of: start("enter", ["ppe"]), by: Town.head) == nil)
        #expect(scenario.refusal(of: start("disinfect"), by: Town.street) == nil)
        #expect(scenario.refusal(of: start("post"), by: Town.police) == nil)
    }

    @Test("R6.1 a step waits for what the playbook says, also of another group, and for nothing else")
    func needs() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        #expect(scenario.refusal(of: start("door"), by: Town.police)?.code == "R6.1 needs-open")
        try scenario.send(start("enter", ["ppe"]), by: Town.head)
        #expect(scenario.refusal(of: start("door"), by: Town.police)?.code == "R6.1 needs-open")
        try scenario.send(CompleteStep(incident: "I-1", step: "enter", text: "In."), by: Town.head)
        #expect(scenario.refusal(of: start("door"), by: Town.police) == nil)
        try scenario.send(SkipStep(incident: "I-1", step: "list", reason: "Nobody there."), by: Town.head)
        #expect(scenario.refusal(of: start("entry-report"), by: Town.head) == nil)
    }

    @Test("R6.2 a household is entered only after the check that the playbook asks for")
    func check() throws {
        let scenario = try IncidentScenario(upTo: .groupsUp)
        #expect(scenario.refusal(of: start("enter"), by: Town.head)?.code == "R6.2 check-missing")
        #expect(scenario.refusal(of: start("enter", ["gloves"]), by: Town.head)?.code == "R6.2 check-missing")
    }

    @Test("R6.2 disinfection covers every place where the case was")
    func sites() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        try scenario.send(start("disinfect"), by: Town.street)
        #expect(scenario.incident.uncoveredSites == ["home", "shop"])
        let half = IncidentScenario.disinfection(["home"])
        #expect(scenario.refusal(of: half, by: Town.street)?.code == "R6.2 sites-missing")
        let elsewhere = IncidentScenario.disinfection(["home", "shop", "school"])
        #expect(scenario.refusal(of: elsewhere, by: Town.street)?.code == "R6.2 site-unknown")
        let skip = SkipStep(incident: "I-1", step: "disinfect", reason: "Rain.")
        #expect(scenario.refusal(of: skip, by: Town.street)?.code == "R6.2 sites-needed")
        try scenario.send(IncidentScenario.disinfection(["home", "shop"]), by: Town.street)
        #expect(scenario.incident.uncoveredSites.isEmpty)
    }

    @Test("R6.2 places that the verification adds must be covered too")
    func addedSites() throws {
        var scenario = try IncidentScenario(upTo: .suspected)
        let known = VerifyCase(incident: "I-1", sites: ["home"], places: ["7"], text: "Positive.")
        #expect(scenario.refusal(of: known, by: Town.market)?.code == "S6 site-repeated")
        let verification = VerifyCase(
            incident: "I-1",
            sites: ["school"],
            places: ["School road 1"],
            text: "Positive."
        )
        try scenario.send(verification, by: Town.market)
        #expect(scenario.incident.sites == ["home", "shop", "school"])
    }

    @Test("R6.3 the summary waits for the report of every group that stood up, and of no other")
    func summary() throws {
        var scenario = try IncidentScenario(upTo: .activated)
        #expect(scenario.refusal(of: IncidentScenario.summary, by: Town.street)?.code == "R6.3 no-group-up")
        try scenario.send(StandUpGroup(incident: "I-1", group: "spray", party: "street-1"), by: Town.street)
        try scenario.send(AssignGroupLead(incident: "I-1", group: "spray", person: "street-duty"), by: Town.street)
        try scenario.work(IncidentScenario.disinfection(["home", "shop"]), by: Town.street)
        #expect(scenario.refusal(of: IncidentScenario.summary, by: Town.street)?.code == "R6.3 group-silent")
        let skip = SkipStep(incident: "I-1", step: "spray-report", reason: "No time.")
        #expect(scenario.refusal(of: skip, by: Town.street)?.code == "R6.3 report-needed")
        try scenario.work(CompleteStep(incident: "I-1", step: "spray-report"), by: Town.street)
        let events = try scenario.send(IncidentScenario.summary, by: Town.street)
        guard case .firstDisposalSummarised(let payload)? = events.first else {
            Issue.record("summed up: \(events)")
            return
        }
        #expect(payload.groupsMissing == ["entry", "watch"])
        #expect(scenario.refusal(of: IncidentScenario.summary, by: Town.street)?.code == "S6 summarised-already")
    }

    @Test("R6.4 the follow-up opens by itself with the summary, and not before")
    func followUp() throws {
        var scenario = try IncidentScenario(upTo: .reported)
        let open = OpenFollowUp(incident: "I-1")
        #expect(scenario.refusal(of: open, by: Town.system)?.code == "R6.4 not-summarised")
        #expect(scenario.refusal(of: start("serve"), by: Town.head)?.code == "R6.4 follow-up-not-open")
        let early = IncidentScenario.recheck("two-days", sites: ["home", "shop"])
        #expect(scenario.refusal(of: early, by: Town.market)?.code == "R6.4 follow-up-not-open")
        try scenario.send(IncidentScenario.summary, by: Town.street)
        var policy = IncidentPolicy()
        for fact in scenario.facts { policy.evolve(fact) }
        let fact = try #require(scenario.facts.last)
        let reactions = policy.reactions(to: fact)
        guard reactions.count == 1, case .issue(let command, let actor, let key) = reactions[0] else {
            Issue.record("reactions: \(reactions.count)")
            return
        }
        #expect(command as? OpenFollowUp == open)
        #expect(actor == .system(in: "dq-02"))
        #expect(key == "open-follow-up/\(fact.id)")
        try scenario.send(open, by: actor)
        #expect(scenario.incident.status == .followUp)
        #expect(scenario.incident.clocks[.step("serve")]?.limit == Plans.minute * 20_160)
        #expect(scenario.incident.clocks[.recheck("day-14")]?.limit == Plans.minute * 1_440)
        #expect(try scenario.send(open, by: actor).isEmpty, "once is enough")
    }

    @Test("R6.5 an incident is closed only after its re-checks are passed")
    func rechecks() throws {
        var scenario = try IncidentScenario(upTo: .followUp)
        let close = CloseIncident(incident: "I-1")
        #expect(scenario.refusal(of: close, by: Town.street)?.code == "R6.5 recheck-open")
        let first = IncidentScenario.recheck("two-days", sites: ["home", "shop"])
        #expect(scenario.refusal(of: first, by: Town.market)?.code == "R6.5 recheck-too-early")
        scenario.wait(Plans.minute * 2_880)
        let half = IncidentScenario.recheck("two-days", sites: ["home"])
        #expect(scenario.refusal(of: half, by: Town.market)?.code == "R6.2 sites-missing")
        try scenario.send(first, by: Town.market)
        #expect(scenario.refusal(of: first, by: Town.market)?.code == "R6.5 passed-already")
        #expect(scenario.refusal(of: close, by: Town.street)?.code == "R6.5 recheck-open")
        scenario.wait(Plans.minute * 17_280)
        try scenario.send(IncidentScenario.recheck("day-14"), by: Town.market)
        #expect(scenario.incident.status == .rechecked)
        #expect(scenario.refusal(of: close, by: Town.street)?.code == "S6 groups-standing")
    }

    @Test("R6.5 a failed re-check is made again, and its clock begins anew")
    func failedRecheck() throws {
        var scenario = try IncidentScenario(upTo: .followUp)
        scenario.wait(Plans.minute * 2_880)
        let silent = RecordRecheck(incident: "I-1", recheck: "two-days", passed: false)
        #expect(scenario.refusal(of: silent, by: Town.market)?.code == "R6.5 finding-missing")
        try scenario.send(IncidentScenario.recheck("two-days", passed: false), by: Town.market)
        #expect(scenario.incident.status == .followUp)
        #expect(scenario.incident.clocks[.recheck("two-days")]?.dueBy == scenario.now + Plans.minute * 720)
        try scenario.send(IncidentScenario.recheck("two-days", sites: ["home", "shop"]), by: Town.market)
        #expect(scenario.incident.rechecks["two-days"]?.isPassed == true)
    }

    @Test("R6.2 an incident with places that nobody covered is not closed")
    func uncovered() throws {
        var scenario = try IncidentScenario(upTo: .activated)
        try scenario.send(StandUpGroup(incident: "I-1", group: "watch", party: "police"), by: Town.police)
        try scenario.send(AssignGroupLead(incident: "I-1", group: "watch", person: "police-duty"), by: Town.police)
        try scenario.send(SkipStep(incident: "I-1", step: "post", reason: "Nobody."), by: Town.police)
        try scenario.send(SkipStep(incident: "I-1", step: "door", reason: "Nobody."), by: Town.police)
        try scenario.work(CompleteStep(incident: "I-1", step: "watch-report"), by: Town.police)
        try scenario.send(IncidentScenario.summary, by: Town.street)
        try scenario.send(OpenFollowUp(incident: "I-1"), by: Town.system)
        scenario.wait(Plans.minute * 20_160)
        try scenario.send(IncidentScenario.recheck("two-days", sites: ["home", "shop"]), by: Town.market)
        try scenario.send(IncidentScenario.recheck("day-14"), by: Town.market)
        try scenario.send(StandDownGroup(incident: "I-1", group: "watch"), by: Town.police)
        let close = CloseIncident(incident: "I-1")
        #expect(scenario.refusal(of: close, by: Town.street)?.code == "R6.2 sites-missing")
    }

    @Test("R6.6 a ruled-out case has no clock and no way on; its history stays")
    func ruledOut() throws {
        let scenario = try IncidentScenario(upTo: .ruledOut)
        #expect(scenario.incident.status == .ruledOut)
        #expect(scenario.incident.clocks.isEmpty)
        #expect(scenario.events.count == 2)
        let verify = VerifyCase(incident: "I-1", text: "After all.")
        #expect(scenario.refusal(of: verify, by: Town.market)?.code == "R6.6 ruled-out")
    }

    @Test("R6.7 a running incident keeps its version, whatever is published later")
    func keptVersion() throws {
        var scenario = try IncidentScenario(upTo: .activated)
        scenario.town.publish(
            Plans.plan(version: 2) { groups in groups.removeAll { $0.group == "watch" } }
        )
        try scenario.send(StandUpGroup(incident: "I-1", group: "watch", party: "police"), by: Town.police)
        let newer = ActivatePlaybook(incident: "I-1", playbook: "sickness", version: 2)
        #expect(scenario.refusal(of: newer, by: Town.street)?.code == "R6.7 playbook-kept")
        #expect(scenario.incident.playbook == Plans.sickness)
    }

    @Test("R6.7 only a published version of a playbook for this kind is activated")
    func published() throws {
        var scenario = try IncidentScenario(upTo: .declared)
        let unknown = ActivatePlaybook(incident: "I-1", playbook: "sickness", version: 9)
        let refusal = scenario.refusal(of: unknown, by: Town.street)
        #expect(refusal?.code == "R6.7 playbook-unknown")
        #expect(refusal?.advice?.en == "The newest version is 1.")
        scenario.town.publish(Plans.leak)
        let leak = ActivatePlaybook(incident: "I-1", playbook: "leak", version: 3)
        #expect(scenario.refusal(of: leak, by: Town.street)?.code == "S6 other-kind")
    }

    private func start(_ step: StepID, _ checks: [CheckID] = []) -> StartStep {
        StartStep(incident: "I-1", step: step, checks: checks)
    }
}
