import EventSourcing
import MusterDomain
import Records
import Testing

/// What people send by mistake or on purpose, and what they hear.
@Suite struct IncidentBadInputTests {
    @Test("S6 a group without lead does nothing")
    func groupWithoutLead() throws {
        var scenario = try IncidentScenario(upTo: .activated)
        let start = StartStep(incident: "I-1", step: "disinfect")
        #expect(scenario.refusal(of: start, by: Town.street)?.code == "S6 group-not-up")
        try scenario.send(StandUpGroup(incident: "I-1", group: "spray", party: "street-1"), by: Town.street)
        #expect(scenario.refusal(of: start, by: Town.street)?.code == "S6 group-without-lead")
    }

    @Test("S6 a step is completed only after it was started, and not before in time")
    func completeWithoutStart() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        let completion = IncidentScenario.disinfection(["home", "shop"])
        #expect(scenario.refusal(of: completion, by: Town.street)?.code == "S6 step-not-started")
        let start = StartStep(incident: "I-1", step: "disinfect")
        try scenario.send(start, by: Town.street)
        #expect(scenario.refusal(of: start, by: Town.street)?.code == "S6 step-begun")
        let before = scenario.now - Plans.minute * 30
        #expect(scenario.refusal(of: completion, by: Town.street, at: before)?.code == "S6 done-before-start")
        try scenario.send(completion, by: Town.street)
        #expect(scenario.refusal(of: completion, by: Town.street)?.code == "S6 step-finished")
    }

    @Test("S6 no step is done without its evidence", arguments: ["enter", "list", "post"] as [StepID])
    func evidenceMissing(step: StepID) throws {
        var scenario = try IncidentScenario(upTo: .working)
        if step != "enter" {
            try scenario.send(CompleteStep(incident: "I-1", step: "enter", text: "In."), by: Town.head)
            let actor = step == "post" ? Town.police : Town.head
            try scenario.send(StartStep(incident: "I-1", step: step), by: actor)
        }
        let actor = step == "post" ? Town.police : Town.head
        let bare = CompleteStep(incident: "I-1", step: step)
        #expect(scenario.refusal(of: bare, by: actor)?.code == "S6 evidence-missing")
    }

    @Test(
        "S6 a figure is in its unit and its range",
        arguments: [
            (-4, "m2", "S6 figure-out-of-range"), (0, "m2", "S6 figure-out-of-range"),
            (2_000_000, "m2", "S6 figure-out-of-range"), (400, "mu", "S6 other-unit"), (400, nil, "S6 other-unit"),
            (nil, "m2", "S6 evidence-missing"),
        ] as [(Double?, String?, String)]
    )
    func figure(figure: Double?, unit: String?, code: String) throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        try scenario.send(StartStep(incident: "I-1", step: "disinfect"), by: Town.street)
        let completion = IncidentScenario.disinfection(["home", "shop"], figure: figure, unit: unit)
        #expect(scenario.refusal(of: completion, by: Town.street)?.code == code)
    }

    @Test("S6 an incident is reported once under its name, and one for one person and day")
    func reportedTwice() throws {
        let scenario = try IncidentScenario(upTo: .suspected)
        #expect(scenario.refusal(of: IncidentScenario.report, by: Town.head)?.code == "S6 incident-exists")
        let claim = try #require(IncidentScenario.report.claim)
        #expect(claim.stream == StreamName(category: "case", id: "resident-1/2026-11-21"))
        #expect(claim.refusal.code == "S6 case-exists")
        #expect(IncidentEvent.table.encode(claim.event)?.type == EventType("CaseRegistered"))
    }

    @Test("S6 the day is that on which it happened", arguments: ["2026-11-19", "2026-11-23", "2025-11-21"])
    func day(day: String) throws {
        let report = ReportSuspectedCase(
            incident: "I-1",
            kind: "case",
            person: "resident-1",
            day: try #require(CaseDay(rawValue: day)),
            territory: "dq-02",
            sites: ["home"],
            places: ["7"],
            text: "Fever."
        )
        #expect(IncidentScenario().refusal(of: report, by: Town.head)?.code == "S6 other-day")
    }

    @Test(
        "S6 a day is one of the calendar",
        arguments: [
            "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "26-11-21", "2026/11/21", "2026-11-2x",
            "1899-12-31",
        ]
    )
    func noDay(day: String) { #expect(CaseDay(rawValue: day) == nil) }

    @Test("S6 days are counted as the calendar does")
    func days() throws {
        let leap = try #require(CaseDay(rawValue: "2024-02-29"))
        let noon = Timestamp(microseconds: 1_709_208_000_000_000)
        #expect(leap.isDay(of: noon))
        #expect(!leap.isDay(of: noon + .seconds(86_400 * 2)))
        #expect(!leap.isDay(of: noon - .seconds(86_400 * 2)))
    }

    @Test("S6 two sites of one name, and a place that is not known, are refused")
    func places() {
        func report(_ territory: TerritoryID, _ sites: [SiteID], _ places: [String]) -> ReportSuspectedCase {
            ReportSuspectedCase(
                incident: "I-1",
                kind: "case",
                day: IncidentScenario.day,
                territory: territory,
                sites: sites,
                places: places,
                text: "Fever."
            )
        }
        let scenario = IncidentScenario()
        #expect(
            scenario.refusal(of: report("dq-02", ["a", "a"], ["7", "8"]), by: Town.head)?.code == "S6 site-repeated"
        )
        #expect(scenario.refusal(of: report("dq-02", ["a"], []), by: Town.head)?.code == "S6 places-missing")
        #expect(scenario.refusal(of: report("nowhere", ["a"], ["7"]), by: Town.head)?.code == "S2 territory-unknown")
        #expect(scenario.refusal(of: report("xw-01", ["a"], ["7"]), by: Town.head)?.code == "S1 outside-territory")
    }

    @Test("S6 who has the duty verifies, or the district; nobody else")
    func verifier() throws {
        let scenario = try IncidentScenario(upTo: .suspected)
        let verify = VerifyCase(incident: "I-1", text: "Positive.")
        #expect(scenario.refusal(of: verify, by: Town.fire)?.code == "R1.5 no-duty-on-list")
        #expect(scenario.refusal(of: verify, by: Town.head)?.code == "S6 role-not-allowed")
        #expect(scenario.refusal(of: verify, by: Town.district) == nil)
        let ruleOut = RuleOutCase(incident: "I-1", text: "A cold.")
        #expect(scenario.refusal(of: ruleOut, by: Town.fire)?.code == "R1.5 no-duty-on-list")
    }

    @Test("S6 without a playbook for the kind any department verifies, within the usual time")
    func noPlaybook() throws {
        var scenario = IncidentScenario(in: Town())
        try scenario.send(IncidentScenario.report, by: Town.head)
        #expect(scenario.incident.clocks[.verification]?.limit == .seconds(7_200))
        #expect(scenario.refusal(of: VerifyCase(incident: "I-1", text: "Yes."), by: Town.fire) == nil)
        #expect(try IncidentScenario(upTo: .suspected).incident.clocks[.verification]?.limit == Plans.minute * 90)
    }

    @Test("R15.4 the gravest levels are the district's to declare")
    func level() throws {
        let scenario = try IncidentScenario(upTo: .verified)
        #expect(scenario.refusal(of: IncidentScenario.declare(.ii), by: Town.street)?.code == "R15.4 level-of-district")
        #expect(scenario.refusal(of: IncidentScenario.declare(.i), by: Town.district) == nil)
        let suspected = try IncidentScenario(upTo: .suspected)
        #expect(suspected.refusal(of: IncidentScenario.declare(.iv), by: Town.street)?.code == "S6 not-verified")
    }

    @Test("S6 a group is formed by whom the playbook names")
    func parties() throws {
        let scenario = try IncidentScenario(upTo: .activated)
        func stand(_ group: GroupID, _ party: PartyID, _ actor: Actor) -> String? {
            scenario.refusal(of: StandUpGroup(incident: "I-1", group: group, party: party), by: actor)?.code
        }
        #expect(stand("entry", "police", Town.police) == "S6 other-party-kind")
        #expect(stand("watch", "fire", Town.fire) == "R1.5 no-duty-on-list")
        #expect(stand("watch", "police", Town.fire) == "S1 not-your-party")
        #expect(stand("watch", "police", Town.otherHead) == "S1 outside-territory")
        #expect(stand("entry", "ghosts", Town.head) == "S1 party-unknown")
        #expect(stand("roof", "police", Town.police) == "R6.7 group-unknown")
        #expect(stand("watch", "police", Town.street) == nil)
    }

    @Test("S6 a lead has a post of the group's party, and a group is up once")
    func leads() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        let stranger = AssignGroupLead(incident: "I-1", group: "watch", person: "fire-duty")
        #expect(scenario.refusal(of: stranger, by: Town.police)?.code == "S6 lead-without-post")
        let again = StandUpGroup(incident: "I-1", group: "watch", party: "police")
        #expect(scenario.refusal(of: again, by: Town.police)?.code == "S6 group-up-already")
        let same = AssignGroupLead(incident: "I-1", group: "watch", person: "police-duty")
        #expect(try scenario.send(same, by: Town.police).isEmpty)
        let foreign = StartStep(incident: "I-1", step: "post")
        #expect(scenario.refusal(of: foreign, by: Town.fire)?.code == "S1 not-your-party")
        let support = RequestSupport(incident: "I-1", group: "watch", text: "Two more.")
        #expect(scenario.refusal(of: support, by: Town.fire)?.code == "S1 not-your-party")
    }

    @Test("S6 a group is free when its steps are finished, and does nothing more then")
    func standDown() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        let down = StandDownGroup(incident: "I-1", group: "spray")
        #expect(scenario.refusal(of: down, by: Town.street)?.code == "S6 steps-open")
        try scenario.work(IncidentScenario.disinfection(["home", "shop"]), by: Town.street)
        try scenario.work(CompleteStep(incident: "I-1", step: "spray-report"), by: Town.street)
        try scenario.send(down, by: Town.street)
        #expect(scenario.refusal(of: down, by: Town.street)?.code == "S6 group-stood-down")
        let support = RequestSupport(incident: "I-1", group: "spray", text: "More.")
        #expect(scenario.refusal(of: support, by: Town.street)?.code == "S6 group-stood-down")
    }

    @Test("S6 what the playbook needs is not skipped, and nothing twice")
    func skip() throws {
        var scenario = try IncidentScenario(upTo: .groupsUp)
        let needed = SkipStep(incident: "I-1", step: "enter", reason: "Locked.")
        #expect(scenario.refusal(of: needed, by: Town.head)?.code == "S6 step-needed")
        let skip = SkipStep(incident: "I-1", step: "post", reason: "No people.")
        try scenario.send(skip, by: Town.police)
        #expect(scenario.refusal(of: skip, by: Town.police)?.code == "S6 step-finished")
        let unknown = SkipStep(incident: "I-1", step: "fly", reason: "No wings.")
        #expect(scenario.refusal(of: unknown, by: Town.police)?.code == "R6.7 step-unknown")
        let recheck = IncidentScenario.recheck("never")
        #expect(scenario.refusal(of: recheck, by: Town.market)?.code == "R6.7 recheck-unknown")
    }

    @Test("S6 nothing is done with an incident that there is not, or that has no playbook yet")
    func nothingThere() throws {
        let nothing = IncidentScenario()
        let verify = VerifyCase(incident: "I-1", text: "Positive.")
        #expect(nothing.refusal(of: verify, by: Town.market)?.code == "S6 no-such-incident")
        #expect(
            nothing.refusal(of: IncidentScenario.declare(.iv), by: Town.street)?.code == "S6 no-such-incident"
        )
        for milestone in [IncidentMilestone.verified, .declared] {
            let scenario = try IncidentScenario(upTo: milestone)
            let up = StandUpGroup(incident: "I-1", group: "spray", party: "street-1")
            #expect(scenario.refusal(of: up, by: Town.street)?.code == "S6 no-playbook")
        }
    }

    @Test("S6 a hundred sites are one incident, and not one more")
    func sites() throws {
        var scenario = try IncidentScenario(upTo: .suspected)
        let more = (1...99).compactMap { SiteID(rawValue: "more-\($0)") }
        func verify(_ sites: [SiteID]) -> VerifyCase {
            VerifyCase(incident: "I-1", sites: sites, places: sites.map(\.rawValue), text: "Positive.")
        }
        #expect(scenario.refusal(of: verify(more), by: Town.market)?.code == "S6 too-many-sites")
        try scenario.send(verify(Array(more.dropLast())), by: Town.market)
        #expect(scenario.incident.sites.count == Incident.maximumSites)
    }

    @Test("S6 an incident that was closed a hundred times is not reopened again")
    func rounds() throws {
        for (round, code) in [(99, nil), (100, "S6 too-many-rounds")] as [(Int, String?)] {
            var incident = try IncidentScenario(upTo: .closed).incident
            let reopened = IncidentReopened(
                incident: "I-1",
                round: round,
                reason: "Again.",
                groupsUpBy: Town.noon,
                groupsUpLimit: Plans.minute,
                summaryBy: Town.noon,
                summaryLimit: Plans.minute,
                deadlines: []
            )
            incident.evolve(.reopened(reopened), from: .test)
            incident.evolve(.closed(IncidentClosed(incident: "I-1")), from: .test)
            let reopen = ReopenIncident(incident: "I-1", reason: "Again.")
            #expect(refusal(of: reopen, incident, Town.withPlaybook.context(of: Town.street)) == code)
        }
    }

    private func refusal<C: Command>(of command: C, _ subject: C.Subject, _ context: Context) -> String? {
        do throws(Rejection) {
            _ = try command.decide(subject, in: context)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("R6.7 more versions of playbooks than anybody keeps apart are refused")
    func playbooks() {
        var register = PlaybookRegister()
        for version in 1...2_000 {
            register.evolve(.published(PlaybookPublished(playbook: Plans.plan(version: version))), from: .test)
        }
        let next = PublishPlaybook(playbook: Plans.plan(version: 2_001))
        #expect(refusal(of: next, register, Town().context(of: Town.district)) == "R6.7 too-many-playbooks")
    }

    @Test("R1.1 a property company reports and works, and gives no orders")
    func property() throws {
        let scenario = try IncidentScenario(upTo: .verified)
        #expect(scenario.refusal(of: IncidentScenario.declare(.iv), by: Town.property)?.code == "R1.1 property-orders")
        #expect(IncidentScenario().refusal(of: IncidentScenario.report, by: Town.property) == nil)
    }
}
