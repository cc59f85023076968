import EventSourcing
import MusterDomain
import Testing

/// Whole incidents, from the suspicion to the closing.
@Suite struct IncidentStoryTests {
    @Test("S6 a case is suspected, verified, disposed of by three groups, re-checked, closed and taken up again")
    func story() throws {
        var scenario = try IncidentScenario(upTo: .closed)
        #expect(scenario.incident.status == .closed)
        #expect(scenario.incident.clocks.isEmpty)
        #expect(scenario.incident.uncoveredSites.isEmpty)
        try scenario.send(ReopenIncident(incident: "I-1", reason: "Another one."), by: Town.district)
        #expect(scenario.incident.status == .reopened)
        #expect(scenario.incident.round == 2)
        #expect(scenario.incident.playbook?.version == 1)
        try scenario.send(StandUpGroup(incident: "I-1", group: "spray", party: "street-1"), by: Town.street)
        #expect(scenario.incident.status == .firstDisposal)
        #expect(scenario.incident.steps["disinfect"]?.state == .waiting)
    }

    @Test("S6 the same commands run a gas leak of nobody")
    func leak() throws {
        var town = Town.withPlaybook
        town.publish(Plans.leak)
        var scenario = IncidentScenario(in: town)
        let report = ReportSuspectedCase(
            incident: "I-2",
            kind: "gas-leak",
            day: IncidentScenario.day,
            territory: "dq-02",
            sites: ["stairs"],
            places: ["Dongqiao 3"],
            text: "It smells."
        )
        #expect(report.claim == nil)
        try scenario.send(report, by: Town.property)
        try scenario.send(VerifyCase(incident: "I-2", text: "20 % LEL."), by: Town.fire)
        try scenario.send(DeclareIncident(incident: "I-2", level: .ii, basis: "A leak."), by: Town.district)
        try scenario.send(ActivatePlaybook(incident: "I-2", playbook: "leak", version: 3), by: Town.district)
        try scenario.send(StandUpGroup(incident: "I-2", group: "shut-off", party: "fire"), by: Town.district)
        try scenario.send(AssignGroupLead(incident: "I-2", group: "shut-off", person: "fire-duty"), by: Town.fire)
        try scenario.send(RequestSupport(incident: "I-2", group: "shut-off", text: "A second detector."), by: Town.fire)
        try scenario.send(StartStep(incident: "I-2", step: "valve"), by: Town.fire)
        try scenario.send(CompleteStep(incident: "I-2", step: "valve"), by: Town.fire)
        try scenario.send(SubmitFirstDisposalSummary(incident: "I-2", text: "Closed."), by: Town.head)
        try scenario.send(OpenFollowUp(incident: "I-2"), by: Town.system)
        scenario.wait(Plans.minute * 120)
        try scenario.send(RecordRecheck(incident: "I-2", recheck: "measure", passed: true), by: Town.fire)
        try scenario.send(StandDownGroup(incident: "I-2", group: "shut-off"), by: Town.fire)
        try scenario.send(CloseIncident(incident: "I-2"), by: Town.district)
        #expect(scenario.incident.status == .closed)
    }

    @Test("R0.2 a refused command changes nothing")
    func refusalChangesNothing() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        let before = scenario.incident
        #expect(throws: Rejection.self) { try scenario.send(IncidentScenario.summary, by: Town.street) }
        #expect(scenario.incident == before)
    }

    @Test("R0.3 a late completion is judged by when it happened, and starts its group's clock then")
    func lateCompletion() throws {
        var scenario = try IncidentScenario(upTo: .working)
        let happened = scenario.now + Plans.minute * 60
        scenario.wait(Plans.minute * 600)
        let events = try scenario.send(
            CompleteStep(incident: "I-1", step: "enter", text: "Two people."),
            by: Town.gridWorker,
            at: happened
        )
        guard case .stepCompleted(let payload)? = events.first else {
            Issue.record("completed: \(events)")
            return
        }
        #expect(!payload.isLate)
        // The group's own step has run since it happened; the other group's has its whole time.
        #expect(
            payload.deadlines == [
                StepDeadline(step: "list", dueBy: happened + Plans.minute * 60, limit: Plans.minute * 60),
                StepDeadline(step: "door", dueBy: scenario.now + Plans.minute * 30, limit: Plans.minute * 30),
            ]
        )
    }

    @Test("R0.3 what is done after its time says so")
    func tooLate() throws {
        var scenario = try IncidentScenario(upTo: .working)
        scenario.wait(Plans.minute * 121)
        let events = try scenario.send(
            CompleteStep(incident: "I-1", step: "enter", text: "Two people."),
            by: Town.gridWorker
        )
        guard case .stepCompleted(let payload)? = events.first else {
            Issue.record("completed: \(events)")
            return
        }
        #expect(payload.isLate)
    }

    @Test("R0.4 a completion is corrected by a new one that names it, once")
    func correction() throws {
        var scenario = try IncidentScenario(upTo: .working)
        try scenario.send(CompleteStep(incident: "I-1", step: "enter", text: "Two people."), by: Town.gridWorker)
        try scenario.work(CompleteStep(incident: "I-1", step: "list", figure: 2, unit: "persons"), by: Town.gridWorker)
        let first = try #require(scenario.facts.last).id
        let correction = CompleteStep(incident: "I-1", step: "list", figure: 3, unit: "persons", corrects: first)
        let events = try scenario.send(correction, by: Town.gridWorker)
        guard case .stepCompleted(let payload)? = events.first else {
            Issue.record("corrected: \(events)")
            return
        }
        #expect(payload.corrects == first)
        #expect(payload.deadlines.isEmpty)
        #expect(scenario.refusal(of: correction, by: Town.gridWorker)?.code == "R0.4 nothing-to-correct")
    }

    @Test("R0.5 the activation records every deadline that follows from it")
    func recordedDeadlines() throws {
        let scenario = try IncidentScenario(upTo: .activated)
        guard case .playbookActivated(let payload)? = scenario.events.last else {
            Issue.record("the last event is \(String(describing: scenario.events.last))")
            return
        }
        #expect(payload.groupsUpBy == scenario.now + .seconds(1_800))
        #expect(payload.summaryBy == scenario.now + .seconds(86_400))
        #expect(payload.deadlines.map(\.step) == ["enter", "disinfect"])
        #expect(payload.deadlines.map(\.limit) == [.seconds(7_200), .seconds(21_600)])
        #expect(scenario.incident.clocks.count == 6)
        #expect(scenario.incident.clocks.values.allSatisfy { $0.startedBy == scenario.facts.last?.id })
    }

    @Test("R0.5 the times of a playbook run as fast as the limits say")
    func scaled() throws {
        var town = Town.withPlaybook
        town.limits = Limits.standard.scaled(by: 0.1)
        let scenario = try IncidentScenario(upTo: .activated, in: town)
        #expect(scenario.incident.clocks[.summary]?.limit == .seconds(8_640))
        #expect(scenario.incident.clocks[.step("enter")]?.limit == .seconds(720))
    }
}
