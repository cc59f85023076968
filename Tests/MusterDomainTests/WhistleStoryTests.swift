import EventSourcing
import MusterDomain
import Testing

/// The story that this slice was built for, from the report to the closing, by everybody who has a part in it.
@Suite struct WhistleStoryTests {
    @Test("A blocked passage is reported, whistled, cleared, found unsolved, cleared again and closed")
    func story() throws {
        var scenario = Scenario()
        try scenario.send(Scenario.raise, by: Town.system)
        try scenario.send(AssignInvestigator(matter: "M-1", person: "gw-02"), by: Town.system)
        try scenario.send(Scenario.findings, by: Town.gridWorker)
        try scenario.send(Scenario.emergency(), by: Town.head)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        try scenario.send(HandOverFindings(matter: "M-1", text: "Two cars."), by: Town.gridWorker)
        try scenario.send(ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        try scenario.send(AgreeJointPlan(matter: "M-1", text: "Tow, then fence."), by: Town.fire)
        try scenario.send(task("T-1", "jindi", "Tow the cars."), by: Town.fire)
        try scenario.send(OfferHelp(matter: "M-1", hands: 4, text: "We can carry."), by: Town.ngo)
        try scenario.send(task("T-2", "bluesky", "Carry the posts."), by: Town.head)
        try scenario.send(CompleteTask(matter: "M-1", task: "T-1", text: "Towed."), by: Town.property)
        try scenario.send(CompleteTask(matter: "M-1", task: "T-2", text: "Carried."), by: Town.ngo)
        try clearAndFile(&scenario)
        try scenario.send(GiveFeedback(matter: "M-1", solved: false, text: "They are back."), by: Town.resident)
        #expect(scenario.matter.status == .reopened)
        #expect(scenario.matter.openRound?.lead == "fire")
        try scenario.send(ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        try clearAndFile(&scenario)
        try scenario.send(GiveFeedback(matter: "M-1", solved: true, score: 4), by: Town.resident)
        try scenario.send(CloseMatter(matter: "M-1"), by: Town.head)
        #expect(scenario.matter.status == .closed)
        #expect(scenario.matter.openClocks.isEmpty)
    }

    @Test("R0.2 a refused command changes nothing")
    func refusalChangesNothing() throws {
        var scenario = try Scenario(upTo: .whistled)
        let before = scenario.matter
        #expect(throws: Rejection.self) { try scenario.send(Scenario.emergency(), by: Town.head) }
        #expect(scenario.matter == before)
    }

    @Test("R0.3 a late command is judged by when it happened, and its clock starts then")
    func lateCommand() throws {
        var scenario = try Scenario(upTo: .whistled)
        let happened = scenario.now + .seconds(120)
        scenario.wait(.seconds(3_600))
        let events = try scenario.send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire, at: happened)
        guard case .whistleAccepted(let payload)? = events.first else { return #expect(Bool(false), "not accepted") }
        #expect(!payload.isLate)
        #expect(payload.onSceneBy == happened + scenario.town.limits.emergency.onScene)
    }

    @Test("R0.3 a whistle that arrives late gives the departments their whole time")
    func lateWhistle() throws {
        var scenario = try Scenario(upTo: .investigating)
        scenario.wait(.seconds(86_400))
        try scenario.send(Scenario.emergency(), by: Town.head, at: Town.noon)
        let clock = scenario.matter.openRound?.call(of: "fire")?.clock
        #expect(clock?.due == scenario.now + scenario.town.limits.emergency.accept)
    }

    @Test("R0.4 a correction is a new event that names the corrected one, and each is corrected once")
    func correction() throws {
        var scenario = Scenario()
        try scenario.send(Scenario.raise, by: Town.system)
        try scenario.send(AssignInvestigator(matter: "M-1", person: "gw-02"), by: Town.system)
        try scenario.send(
            RecordFindings(matter: "M-1", text: "Nothing there.", needsDepartment: false),
            by: Town.gridWorker
        )
        let first = try #require(scenario.facts.last).id
        let correction = RecordFindings(matter: "M-1", text: "Wrong gate.", needsDepartment: true, corrects: first)
        let events = try scenario.send(correction, by: Town.gridWorker)
        guard case .findingsRecorded(let findings) = events.first else {
            Issue.record("the correction is \(events)")
            return
        }
        #expect(findings.corrects == first)
        #expect(scenario.matter.needsDepartment == true)
        #expect(scenario.refusal(of: correction, by: Town.gridWorker)?.code == "R0.4 nothing-to-correct")
    }

    @Test("R0.5 deadlines are recorded with the limit that made them")
    func recordedDeadlines() throws {
        let scenario = try Scenario(upTo: .enRoute)
        guard case .whistleAccepted(let payload)? = scenario.events.last else { return #expect(Bool(false)) }
        #expect(payload.limit == .seconds(1_800))
        #expect(payload.onSceneBy == scenario.now + .seconds(1_800))
        let clock = try #require(scenario.matter.openClocks.first)
        #expect(clock.holder == .party("fire"))
        #expect(clock.isLead)
        #expect(clock.startedBy == scenario.facts.last?.id)
    }

    private func task(_ task: TaskID, _ party: PartyID, _ text: String) -> DelegateTask {
        DelegateTask(matter: "M-1", task: task, party: party, duty: "passage.clear", text: text, dueWithinMinutes: 30)
    }

    private func clearAndFile(_ scenario: inout Scenario) throws {
        let done = CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Clear.")
        try scenario.send(done, by: Town.fire)
        try scenario.send(Scenario.communityFiling, by: Town.head)
        try scenario.send(Scenario.departmentFiling, by: Town.fire)
        try scenario.send(AskFeedback(matter: "M-1"), by: Town.system)
    }
}
