import EventSourcing
import MusterDomain
import Records
import Testing

/// The clock that runs from a department's arrival until it has dealt with the matter, and the ladders of clocks.
@Suite struct ActingClockTests {
    private func arrived(_ kind: ReportKind = .blockedPassage, in town: Town = Town()) throws -> Scenario {
        var scenario = Scenario(in: town)
        let raise = Scenario.raise
        let matter = RaiseMatter(
            matter: "M-1",
            kind: kind,
            territory: raise.territory,
            place: raise.place,
            title: raise.title,
            text: raise.text,
            reporter: raise.reporter,
            urgency: .emergency
        )
        try scenario.send(matter, by: Town.system)
        try scenario.send(Scenario.emergency(["fire"], lead: nil), by: Town.head)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        try scenario.send(ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        return scenario
    }

    private static let complete = CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Clear.")

    @Test(
        "S3 whoever has arrived has a time to act by what the matter is about",
        arguments: [
            (ReportKind.blockedPassage, 7_200), (.personAtRisk, 7_200), (.water, 86_400), (.lighting, 86_400),
            (.noise, 7 * 86_400), (.other, 7 * 86_400), (.unlicensed, 15 * 86_400),
        ]
    )
    func limits(kind: ReportKind, seconds: Int) throws {
        let scenario = try arrived(kind)
        let clock = try #require(scenario.matter.openClocks.first)
        #expect(clock.step == .act && clock.holder == .party("fire"))
        #expect(clock.due == scenario.now + .seconds(seconds))
        #expect(clock.startedBy == scenario.facts.last?.id)
    }

    @Test("S3 who does not get on is chased by the same ladder, and is no no-show")
    func ladder() throws {
        var scenario = try arrived()
        var policy = WhistleClockPolicy()
        for fact in scenario.facts { policy.evolve(fact) }
        let begin = scenario.now
        #expect(policy.timers.map { $0.due.since(begin) } == [.seconds(3_600), .seconds(7_200), .seconds(10_800)])
        #expect(policy.timers.compactMap { ($0.command as? EscalateWhistle)?.level } == [.street, .district, .city])
        let due = begin + .seconds(7_200)
        scenario.wait(.seconds(7_200))
        let noShow = RecordNoShow(matter: "M-1", department: "fire", step: .act, dueAt: due)
        #expect(try scenario.send(noShow, by: Town.system).isEmpty)
    }

    @Test("S3 the clock ends when the action is completed, which was late or in time")
    func completed() throws {
        for (wait, isLate) in [(7_200, false), (7_201, true)] {
            var scenario = try arrived()
            scenario.wait(.seconds(wait))
            guard case .actionCompleted(let done)? = try scenario.send(Self.complete, by: Town.fire).first else {
                Issue.record("nothing was completed")
                return
            }
            #expect(done.isLate == isLate)
            #expect(scenario.matter.openClocks.isEmpty)
        }
    }

    @Test("S3 a joint plan does not start the clock anew, and both filings end it for all")
    func goesOn() throws {
        var scenario = try Scenario(upTo: .inAction)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        try scenario.send(ReportOnScene(matter: "M-1", department: "police"), by: Town.police)
        let due = scenario.matter.openClocks.map(\.due)
        scenario.wait(.seconds(600))
        try scenario.send(AgreeJointPlan(matter: "M-1", text: "Tow first."), by: Town.head)
        #expect(scenario.matter.openClocks.map(\.due) == due)
        try scenario.send(Self.complete, by: Town.fire)
        try scenario.send(Scenario.communityFiling, by: Town.head)
        try scenario.send(Scenario.departmentFiling, by: Town.fire)
        #expect(scenario.matter.openClocks.isEmpty)
    }

    @Test("R0.5 a clock keeps the ladder with which it began, whatever the limits say later")
    func ownLadder() throws {
        var town = Town()
        let limits = try Limits.record.decode(
            Array(#"{"ladder":{"communityPercent":10,"streetPercent":20,"districtPercent":30,"cityPercent":40}}"#.utf8)
        )
        town.limits = limits
        var scenario = try Scenario(upTo: .whistled, in: town)
        scenario.town.limits = .standard
        var policy = WhistleClockPolicy()
        for fact in scenario.facts { policy.evolve(fact) }
        let fire = policy.timers.filter { $0.key.contains("/fire/") && $0.command is EscalateWhistle }
        #expect(fire.map { $0.due.since(Town.noon) } == [.seconds(60), .seconds(120), .seconds(180), .seconds(240)])
        scenario.wait(.seconds(240))
        for level in [EscalationLevel.community, .street, .district, .city] {
            let escalation = EscalateWhistle(
                matter: "M-1",
                department: "fire",
                step: .accept,
                level: level,
                dueAt: Town.noon + .seconds(600)
            )
            #expect(try scenario.send(escalation, by: Town.system).count == 1, "\(level)")
        }
    }

    @Test("S3 of many clocks those that run out first are waited for")
    func manyClocks() throws {
        let facts = try Scenario(upTo: .whistled).facts
        var policy = WhistleClockPolicy()
        for number in (0..<250).reversed() {
            let matter = MatterID(UniqueID(high: 1, low: UInt64(number)))
            for fact in facts {
                guard case .matter(.whistleBlown(let blown)) = fact.event else { continue }
                policy.evolve(.test(.matter(.raised(Self.raised(matter)))))
                policy.evolve(.test(.matter(.whistleBlown(Self.whistle(blown, matter, after: .seconds(number))))))
            }
        }
        let timers = policy.timers
        #expect(timers.first?.due == Town.noon + .seconds(300))
        #expect(timers.map(\.due) == timers.map(\.due).sorted())
        #expect(Set(timers.map { $0.key.split(separator: "/")[1] }).count == 200)
    }

    private static func raised(_ matter: MatterID) -> MatterRaised {
        MatterRaised(
            matter: matter,
            kind: .noise,
            territory: "dq-02",
            place: "Dongqiao 7",
            title: "Too loud",
            text: "Too loud.",
            urgency: .normal
        )
    }

    private static func whistle(_ blown: WhistleBlown, _ matter: MatterID, after time: Duration) -> WhistleBlown {
        WhistleBlown(
            matter: matter,
            round: 1,
            kind: blown.kind,
            urgency: blown.urgency,
            duty: blown.duty,
            departments: ["fire"],
            lead: "fire",
            basis: blown.basis,
            needsRatification: false,
            acceptBy: blown.acceptBy + time,
            limit: blown.limit
        )
    }

    @Test("R0.5 a whistle from before ladders were recorded is chased by the standard one")
    func oldWhistle() {
        var matter = Matter()
        let blown = WhistleBlown(
            matter: "M-1",
            round: 1,
            kind: .emergency,
            urgency: .emergency,
            duty: "passage.clear",
            departments: ["fire"],
            lead: "fire",
            basis: "Blocked.",
            needsRatification: false,
            acceptBy: Town.noon + .seconds(600),
            limit: .seconds(600)
        )
        matter.evolve(.whistleBlown(blown), from: .test)
        let clock = matter.openRound?.call(of: "fire")?.clock
        #expect(clock?.time(of: .community) == nil)
        #expect(clock?.time(of: .street) == Town.noon + .seconds(300))
        #expect(clock?.time(of: .city) == Town.noon + .seconds(900))
    }

    @Test("S3 an arrival from before such limits has no clock, and can be completed")
    func oldArrival() throws {
        var scenario = try arrived()
        var matter = Matter()
        for fact in scenario.facts {
            guard case .matter(var event) = fact.event else { continue }
            if case .departmentArrived = event {
                event = .departmentArrived(
                    DepartmentArrived(matter: "M-1", round: 1, department: "fire", isLate: false)
                )
            }
            matter.evolve(event, from: fact.origin)
        }
        #expect(matter.openClocks.isEmpty && matter.status == .inAction)
        scenario.wait(.seconds(1))
        let done = try Self.complete.decide(matter, in: scenario.town.context(of: Town.fire, now: scenario.now))
        guard case .actionCompleted(let payload)? = done.first else { return #expect(Bool(false)) }
        #expect(payload.isLate == nil)
    }
}
