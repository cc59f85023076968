import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules of S3, by their ids.
@Suite struct WhistleRuleTests {
    @Test("R3.1 a department cannot blow the whistle")
    func onlyCommunityOrStreet() throws {
        let scenario = try Scenario(upTo: .investigating)
        #expect(scenario.refusal(of: Scenario.emergency(), by: Town.fire)?.code == "R3.1 role-not-allowed")
    }

    @Test("R3.1 community, street and grid worker may blow", arguments: [Town.head, Town.street, Town.gridWorker])
    func communityAndStreet(actor: Actor) throws {
        let scenario = try Scenario(upTo: .investigating)
        #expect(scenario.refusal(of: Scenario.emergency(), by: actor) == nil)
    }

    @Test("R3.2 an emergency whistle needs no consent first")
    func emergencyWithoutConsent() throws {
        var scenario = try Scenario(upTo: .raised)
        try scenario.send(Scenario.emergency(), by: Town.head)
        #expect(scenario.matter.status == .whistled)
    }

    @Test("R3.2 other whistles need consent", arguments: [WhistleKind.jointEnforcement, .beyondStreet])
    func othersNeedConsent(kind: WhistleKind) throws {
        let before = try Scenario(upTo: .awaitingConsent)
        #expect(before.refusal(of: Scenario.blow(kind), by: Town.head)?.code == "R3.2 consent-missing")
        let after = try Scenario(upTo: .consented)
        #expect(after.refusal(of: Scenario.blow(kind), by: Town.head) == nil)
    }

    @Test("R3.2 whoever is asked for consent has a limit, from when the question came in (R0.3)")
    func consentLimit() throws {
        var scenario = try Scenario(upTo: .investigating)
        try scenario.send(Scenario.findings, by: Town.gridWorker)
        scenario.wait(.seconds(10_800))
        let request = RequestConsent(matter: "M-1", reason: "Two cars.")
        let events = try scenario.send(request, by: Town.gridWorker, at: scenario.now - .seconds(7_200))
        #expect(
            events == [
                .consentRequested(
                    ConsentRequested(
                        matter: "M-1",
                        reason: "Two cars.",
                        answerBy: scenario.now + .seconds(14_400),
                        limit: .seconds(14_400)
                    )
                )
            ]
        )
        // Late is better than never.
        scenario.wait(.seconds(86_400))
        #expect(scenario.refusal(of: GiveConsent(matter: "M-1", text: "Yes."), by: Town.head) == nil)
    }

    @Test("R3.2 what can wait is no emergency whistle")
    func emergencyUrgency() throws {
        let whistle = BlowWhistle(
            matter: "M-1",
            kind: .emergency,
            urgency: .normal,
            duty: "passage.clear",
            departments: ["fire"],
            basis: "Some day."
        )
        let scenario = try Scenario(upTo: .investigating)
        #expect(scenario.refusal(of: whistle, by: Town.head)?.code == "R3.2 no-emergency")
    }

    @Test("R3.2 a grid worker's emergency whistle is ratified afterwards, once")
    func ratification() throws {
        var scenario = try Scenario(upTo: .investigating)
        try scenario.send(Scenario.emergency(), by: Town.gridWorker)
        let events = try scenario.send(GiveConsent(matter: "M-1", text: "Rightly so."), by: Town.head)
        #expect(events == [.consentGiven(ConsentGiven(matter: "M-1", text: "Rightly so.", isRatification: true))])
        #expect(scenario.matter.openRound?.ratification == .given)
        let again = scenario.refusal(of: GiveConsent(matter: "M-1", text: "Again."), by: Town.head)
        #expect(again?.code == "R3.2 nothing-to-consent")
    }

    @Test("R3.2 a refused ratification leaves the whistle in place")
    func refusedRatification() throws {
        var scenario = try Scenario(upTo: .investigating)
        try scenario.send(Scenario.emergency(), by: Town.gridWorker)
        try scenario.send(RefuseConsent(matter: "M-1", text: "No emergency."), by: Town.head)
        #expect(scenario.matter.openRound?.ratification == .refused)
        #expect(scenario.matter.status == .whistled)
    }

    @Test("R3.2 a matter does not close while its emergency whistle waits for ratification")
    func closingNeedsRatification() throws {
        var scenario = try Scenario(upTo: .investigating)
        try scenario.send(Scenario.emergency(["fire"]), by: Town.gridWorker)
        try scenario.finish()
        let refusal = scenario.refusal(of: CloseMatter(matter: "M-1"), by: Town.head)
        #expect(refusal?.code == "R3.2 ratification-missing")
    }

    @Test("R3.3 a whistle for several departments needs a lead")
    func leadMissing() throws {
        let scenario = try Scenario(upTo: .investigating)
        let refusal = scenario.refusal(of: Scenario.emergency(lead: nil), by: Town.head)
        #expect(refusal?.code == "R3.3 lead-missing")
    }

    @Test("R3.3 the lead is one of those called")
    func leadNotCalled() throws {
        let scenario = try Scenario(upTo: .investigating)
        let refusal = scenario.refusal(of: Scenario.emergency(lead: .party("market")), by: Town.head)
        #expect(refusal?.code == "R3.3 lead-not-called")
    }

    @Test("R3.3 a single department leads without being named")
    func singleDepartmentLeads() throws {
        var scenario = try Scenario(upTo: .investigating)
        try scenario.send(Scenario.emergency(["fire"], lead: nil), by: Town.head)
        #expect(scenario.matter.openRound?.lead == "fire")
    }

    @Test("R3.3 the first receiver leads when the lead is unclear, and only the first")
    func firstReceiver() throws {
        var scenario = try Scenario(upTo: .investigating)
        try scenario.send(Scenario.emergency(lead: .firstReceiver), by: Town.head)
        #expect(scenario.matter.openRound?.lead == nil)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        #expect(scenario.matter.openRound?.lead == "police")
        try scenario.send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        #expect(scenario.matter.openRound?.lead == "police")
    }

    @Test("R3.3 what nobody has goes to the district")
    func districtTakesTheUnassignable() throws {
        let scenario = try Scenario(upTo: .investigating)
        let toFire = Scenario.emergency(["fire"], lead: nil, duty: "bees.remove")
        #expect(scenario.refusal(of: toFire, by: Town.head)?.code == "R1.5 nobody-responsible")
        let toDistrict = Scenario.emergency(["he-district"], lead: nil, duty: "bees.remove")
        #expect(scenario.refusal(of: toDistrict, by: Town.head) == nil)
    }

    @Test("R3.3 only the lead among the departments delegates tasks")
    func leadDelegates() throws {
        var scenario = try Scenario(upTo: .inAction)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        let task = DelegateTask(
            matter: "M-1",
            task: "T-1",
            party: "jindi",
            duty: "passage.clear",
            text: "Tow the cars."
        )
        #expect(scenario.refusal(of: task, by: Town.police)?.code == "R3.3 not-lead")
        #expect(scenario.refusal(of: task, by: Town.fire) == nil)
    }

    @Test("R3.4 a dispute cites an entry of the list in force")
    func disputeCites() throws {
        let scenario = try Scenario(upTo: .whistled)
        let dispute = DisputeCompetence(matter: "M-1", department: "police", duty: "no.such", argument: "Not ours.")
        #expect(scenario.refusal(of: dispute, by: Town.police)?.code == "R3.4 citation-unknown")
    }

    @Test("R3.4 a department disputes once")
    func disputeOnce() throws {
        var scenario = try Scenario(upTo: .disputed)
        let ruling = RuleOnCompetence(matter: "M-1", department: "police", upheld: false, text: "It is yours.")
        try scenario.send(ruling, by: Town.street)
        let dispute = DisputeCompetence(matter: "M-1", department: "police", duty: "passage.clear", argument: "No.")
        #expect(scenario.refusal(of: dispute, by: Town.police)?.code == "R3.4 disputed-before")
    }

    @Test("R3.4 the lead's clock runs on during a dispute, another's stands still")
    func disputeClocks() throws {
        var scenario = try Scenario(upTo: .disputed)
        let duty: DutyID = "passage.clear"
        let dispute = DisputeCompetence(matter: "M-1", department: "fire", duty: duty, argument: "Police first.")
        try scenario.send(dispute, by: Town.fire)
        let paused = scenario.matter.openClocks.filter(\.isPaused).map(\.holder)
        #expect(paused == [.party("police")])
        #expect(scenario.matter.openClocks.first { $0.isPaused }?.pausedBy != nil)
    }

    @Test("R3.4 a department that must come after all gets its time anew")
    func ruledAgainst() throws {
        var scenario = try Scenario(upTo: .disputed)
        scenario.wait(.seconds(1_000))
        let ruling = RuleOnCompetence(matter: "M-1", department: "police", upheld: false, text: "It is yours.")
        try scenario.send(ruling, by: Town.street)
        let clock = scenario.matter.openRound?.call(of: "police")?.clock
        #expect(clock?.due == scenario.now + scenario.town.limits.emergency.accept)
        #expect(clock?.isPaused == false)
    }

    @Test("R3.4 an upheld dispute releases the department and calls its replacement")
    func replacement() throws {
        var town = Town()
        town.register("urban", .department)
        town.appoint(Actor(person: "urban-duty", party: "urban", role: .departmentOfficer, territory: "he"))
        var scenario = try Scenario(upTo: .disputed, in: town)
        let toUrban = RuleOnCompetence(
            matter: "M-1",
            department: "police",
            upheld: true,
            replacement: "urban",
            text: "So."
        )
        #expect(scenario.refusal(of: toUrban, by: Town.street)?.code == "R1.5 no-duty-on-list")
        let toDistrict = RuleOnCompetence(
            matter: "M-1",
            department: "police",
            upheld: true,
            replacement: "he-district",
            text: "The district takes it."
        )
        try scenario.send(toDistrict, by: Town.street)
        #expect(scenario.matter.openRound?.departments == ["fire", "he-district"])
        #expect(scenario.matter.openRound?.call(of: "police")?.status == .released)
        let accept = AcceptWhistle(matter: "M-1", department: "police")
        #expect(scenario.refusal(of: accept, by: Town.police)?.code == "R3.4 released")
    }

    @Test("R3.4 a lead is released only for another lead")
    func leadNeedsReplacement() throws {
        var scenario = try Scenario(upTo: .whistled)
        let dispute = DisputeCompetence(matter: "M-1", department: "fire", duty: "passage.clear", argument: "No.")
        try scenario.send(dispute, by: Town.fire)
        let bare = RuleOnCompetence(matter: "M-1", department: "fire", upheld: true, text: "Released.")
        #expect(scenario.refusal(of: bare, by: Town.district)?.code == "R3.3 replacement-missing")
        let named = RuleOnCompetence(
            matter: "M-1",
            department: "fire",
            upheld: true,
            replacement: "police",
            text: "Police leads."
        )
        try scenario.send(named, by: Town.district)
        #expect(scenario.matter.openRound?.lead == "police")
    }

    @Test("R3.4 a department that disputes itself does not replace the lead")
    func replacementDisputes() throws {
        var scenario = try Scenario(upTo: .disputed)
        let duty: DutyID = "passage.clear"
        let dispute = DisputeCompetence(matter: "M-1", department: "fire", duty: duty, argument: "Police first.")
        try scenario.send(dispute, by: Town.fire)
        let ruling = RuleOnCompetence(
            matter: "M-1",
            department: "fire",
            upheld: true,
            replacement: "police",
            text: "So."
        )
        #expect(scenario.refusal(of: ruling, by: Town.street)?.code == "R3.4 replacement-disputes")
    }

    @Test("R3.5 closing needs both filings and feedback asked")
    func closingNeedsAll() throws {
        let close = CloseMatter(matter: "M-1")
        for (milestone, code) in [
            (Milestone.done, "R3.5 filings-missing"), (.filedOneSide, "R3.5 filings-missing"),
            (.filedBoth, "R3.5 feedback-not-asked"), (.awaitingFeedback, "R14.1 feedback-open"),
        ] {
            let scenario = try Scenario(upTo: milestone)
            #expect(scenario.refusal(of: close, by: Town.head)?.code == code, "at \(milestone)")
        }
        #expect(try Scenario(upTo: .answered).refusal(of: close, by: Town.head) == nil)
    }

    @Test("R3.5 the same side files once")
    func filesOnce() throws {
        let scenario = try Scenario(upTo: .filedOneSide)
        #expect(scenario.refusal(of: Scenario.communityFiling, by: Town.head)?.code == "R3.5 filed-already")
    }

    @Test("R3.5 with both filings nobody is waited for any more, and a reopening calls the lead alone")
    func overForAll() throws {
        let over = try Scenario(upTo: .filedBoth)
        #expect(over.matter.rounds.last?.call(of: "police")?.status == .released)
        #expect(over.matter.openClocks.isEmpty)
        #expect(try Scenario(upTo: .reopened).matter.openClocks.map(\.holder) == [.party("fire")])
    }

    @Test("R3.6 neither side files for the other")
    func ownSide() throws {
        let scenario = try Scenario(upTo: .done)
        #expect(scenario.refusal(of: Scenario.departmentFiling, by: Town.head)?.code == "R3.6 other-side")
        #expect(scenario.refusal(of: Scenario.communityFiling, by: Town.fire)?.code == "R3.6 other-side")
    }

    @Test(
        "S3 the community does not file while nobody has come",
        arguments: [Milestone.whistled, .disputed, .enRoute, .reopened]
    )
    func filingBeforeArrival(milestone: Milestone) throws {
        let scenario = try Scenario(upTo: milestone)
        #expect(scenario.refusal(of: Scenario.communityFiling, by: Town.head)?.code == "S3 wrong-stage")
    }

    @Test("R3.6 a department does not close, and the community does not complete for it")
    func ownDeeds() throws {
        let answered = try Scenario(upTo: .answered)
        #expect(answered.refusal(of: CloseMatter(matter: "M-1"), by: Town.fire)?.code == "R3.6 role-not-allowed")
        let complete = CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Done.")
        let inAction = try Scenario(upTo: .inAction)
        #expect(inAction.refusal(of: complete, by: Town.head)?.code == "R3.6 role-not-allowed")
    }

    @Test("R3.6 a case that moved on is not completed")
    func passedOn() throws {
        let scenario = try Scenario(upTo: .inAction)
        let complete = CompleteAction(matter: "M-1", department: "fire", result: .passedOn, text: "Police has it.")
        #expect(scenario.refusal(of: complete, by: Town.fire)?.code == "R3.6 passed-on")
    }

    @Test("R3.6 the department side files only after the lead's action")
    func filingAfterAction() throws {
        let scenario = try Scenario(upTo: .inAction)
        #expect(scenario.refusal(of: Scenario.departmentFiling, by: Town.fire)?.code == "R3.6 action-open")
    }

    @Test(
        "R3.7 the whistle rate is flagged when too low and when too high",
        arguments: [
            (1, 800, WhistleGauge.tooLow), (2, 800, .healthy), (8, 800, .healthy), (9, 800, .tooHigh), (0, 0, .unknown),
        ]
    )
    func whistleRate(whistles: Int, households: Int, gauge: WhistleGauge) {
        #expect(WhistleRate.standard.gauge(whistles: whistles, households: households, days: 7) == gauge)
    }

    @Test("R3.7 uncounted households make the rate unknown, not zero")
    func unknownRate() {
        #expect(WhistleRate.standard.gauge(whistles: 3, households: nil, days: 7) == .unknown)
    }

    @Test("R3.7 what is usual is configuration")
    func configuredRate() throws {
        let limits = try Limits.record.decode(Array(#"{"whistleRate":{"highest":5}}"#.utf8))
        #expect(limits.whistleRate == WhistleRate(lowest: 2.5, highest: 5))
        #expect(limits.whistleRate.gauge(whistles: 8, households: 800, days: 7) == .tooHigh)
    }

    @Test("R3.8 a second whistle is refused while one is open")
    func secondWhistle() throws {
        let scenario = try Scenario(upTo: .whistled)
        #expect(scenario.refusal(of: Scenario.emergency(), by: Town.head)?.code == "R3.8 whistle-open")
    }

    @Test("R3.8 withdrawn and repeated whistles stay visible as rounds")
    func rounds() throws {
        var scenario = try Scenario(upTo: .withdrawn)
        try scenario.send(Scenario.emergency(), by: Town.head)
        #expect(scenario.matter.rounds.map(\.number) == [1, 2])
        #expect(scenario.matter.rounds.map(\.state) == [.withdrawn, .open])
        #expect(scenario.matter.rounds[0].calls.map(\.status) == [.withdrawn, .withdrawn])
    }
}

extension Scenario {
    /// From an open whistle to the answer "solved".
    mutating func finish() throws {
        try send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        try send(ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        try send(CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Clear."), by: Town.fire)
        try send(Self.communityFiling, by: Town.head)
        try send(Self.departmentFiling, by: Town.fire)
        try send(AskFeedback(matter: "M-1"), by: Town.system)
        try send(GiveFeedback(matter: "M-1", solved: true), by: Town.resident)
    }
}
