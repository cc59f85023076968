import EventSourcing
import MusterDomain
import Testing

/// What S3 lists as bad input.
@Suite struct WhistleBadInputTests {
    @Test("R1.5 a department without the duty on the list cannot be called")
    func noDuty() throws {
        let scenario = try Scenario(upTo: .investigating)
        let whistle = Scenario.emergency(["fire", "market"])
        #expect(scenario.refusal(of: whistle, by: Town.head)?.code == "R1.5 no-duty-on-list")
    }

    @Test("S3 a property company is no department to be called")
    func property() throws {
        let scenario = try Scenario(upTo: .investigating)
        let whistle = Scenario.emergency(["fire", "jindi"])
        #expect(scenario.refusal(of: whistle, by: Town.head)?.code == "S3 not-a-department")
    }

    @Test("S3 an unknown party cannot be called")
    func unknownParty() throws {
        let scenario = try Scenario(upTo: .investigating)
        let refusal = scenario.refusal(of: Scenario.emergency(["nobody"], lead: nil), by: Town.head)
        #expect(refusal?.code == "S1 party-unknown")
        #expect(refusal?.kind == .notFound)
    }

    @Test("S3 arrival before acceptance is refused")
    func arrivalBeforeAcceptance() throws {
        let scenario = try Scenario(upTo: .whistled)
        let refusal = scenario.refusal(of: ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        #expect(refusal?.code == "S3 not-accepted")
    }

    @Test("S3 an arrival dated before the acceptance is refused")
    func arrivalDatedEarlier() throws {
        let scenario = try Scenario(upTo: .enRoute)
        let arrival = ReportOnScene(matter: "M-1", department: "fire")
        let refusal = scenario.refusal(of: arrival, by: Town.fire, at: scenario.now - .seconds(3_600))
        #expect(refusal?.code == "S3 before-acceptance")
    }

    @Test("S3 an acceptance dated before the whistle is refused")
    func acceptanceDatedEarlier() throws {
        let scenario = try Scenario(upTo: .whistled)
        let accept = AcceptWhistle(matter: "M-1", department: "fire")
        let refusal = scenario.refusal(of: accept, by: Town.fire, at: scenario.now - .seconds(3_600))
        #expect(refusal?.code == "S3 before-whistle")
    }

    @Test("S3 a department that was not called cannot arrive")
    func differentDepartment() throws {
        let scenario = try Scenario(upTo: .enRoute)
        let refusal = scenario.refusal(of: ReportOnScene(matter: "M-1", department: "market"), by: Town.market)
        #expect(refusal?.code == "S3 not-called")
    }

    @Test("S1 nobody arrives or accepts for another department")
    func forAnother() throws {
        let scenario = try Scenario(upTo: .enRoute)
        let arrival = scenario.refusal(of: ReportOnScene(matter: "M-1", department: "fire"), by: Town.police)
        #expect(arrival?.code == "S1 not-your-party")
        let accept = scenario.refusal(of: AcceptWhistle(matter: "M-1", department: "police"), by: Town.fire)
        #expect(accept?.kind == .forbidden)
    }

    @Test("S3 acceptance after withdrawal is refused")
    func acceptAfterWithdrawal() throws {
        let scenario = try Scenario(upTo: .withdrawn)
        let refusal = scenario.refusal(of: AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        #expect(refusal?.code == "S3 whistle-withdrawn")
    }

    @Test("S3 accepting twice is refused")
    func acceptTwice() throws {
        let scenario = try Scenario(upTo: .enRoute)
        let refusal = scenario.refusal(of: AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        #expect(refusal?.code == "S3 accepted-already")
    }

    @Test("S3 completing without arrival is refused")
    func completeWithoutArrival() throws {
        let scenario = try Scenario(upTo: .enRoute)
        let complete = CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Done.")
        #expect(scenario.refusal(of: complete, by: Town.fire)?.code == "S3 not-on-scene")
    }

    @Test("S3 a matter is raised once")
    func raisedTwice() throws {
        let scenario = try Scenario(upTo: .raised)
        #expect(scenario.refusal(of: Scenario.raise, by: Town.head)?.code == "S3 matter-exists")
    }

    @Test("S3 only a grid worker of the place is sent")
    func wrongInvestigator() throws {
        let scenario = try Scenario(upTo: .raised)
        let assignment = AssignInvestigator(matter: "M-1", person: "gw-01")
        #expect(scenario.refusal(of: assignment, by: Town.head)?.code == "S3 no-grid-worker")
    }

    @Test("S3 consent is asked for with findings that need a department")
    func consentWithoutFindings() throws {
        let scenario = try Scenario(upTo: .investigating)
        let request = RequestConsent(matter: "M-1", reason: "Please.")
        #expect(scenario.refusal(of: request, by: Town.gridWorker)?.code == "S3 findings-missing")
    }

    @Test("S1 a community head of another community is refused")
    func outsideTerritory() throws {
        let scenario = try Scenario(upTo: .investigating)
        let refusal = scenario.refusal(of: Scenario.emergency(), by: Town.otherHead)
        #expect(refusal?.code == "S1 outside-territory")
        #expect(refusal?.kind == .forbidden)
    }

    @Test("R1.5 a task needs somebody responsible on the list, and a party that the list names")
    func taskDuties() throws {
        let scenario = try Scenario(upTo: .inAction)
        let nobody = DelegateTask(matter: "M-1", task: "T-1", party: "jindi", duty: "bees.remove", text: "Catch them.")
        #expect(scenario.refusal(of: nobody, by: Town.head)?.code == "R1.5 nobody-responsible")
        let other = DelegateTask(matter: "M-1", task: "T-1", party: "market", duty: "passage.clear", text: "Tow them.")
        #expect(scenario.refusal(of: other, by: Town.head)?.code == "R1.5 no-duty-on-list")
    }

    @Test("S3 a task is done once, by the party that has it")
    func taskOnce() throws {
        var scenario = try Scenario(upTo: .inAction)
        let task = DelegateTask(
            matter: "M-1",
            task: "T-1",
            party: "jindi",
            duty: "passage.clear",
            text: "Tow the cars."
        )
        try scenario.send(task, by: Town.head)
        #expect(scenario.refusal(of: task, by: Town.head)?.code == "S3 task-exists")
        let done = CompleteTask(matter: "M-1", task: "T-1", text: "Towed.")
        #expect(scenario.refusal(of: done, by: Town.ngo)?.code == "S1 not-your-party")
        try scenario.send(done, by: Town.property)
        #expect(scenario.refusal(of: done, by: Town.property)?.code == "S3 task-done")
        let unknown = CompleteTask(matter: "M-1", task: "T-9", text: "Towed.")
        #expect(scenario.refusal(of: unknown, by: Town.property)?.kind == .notFound)
    }

    @Test("S3 nothing can be done about a matter that is not there")
    func noMatter() {
        let refusal = Scenario().refusal(of: AcceptWhistle(matter: "M-9", department: "fire"), by: Town.fire)
        #expect(refusal?.kind == .notFound)
    }
}
