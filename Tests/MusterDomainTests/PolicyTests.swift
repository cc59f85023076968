import EventSourcing
import MusterDomain
import Records
import Testing

/// What follows by itself: matters from reports, chasing, deliveries, questions to the reporter.
@Suite struct PolicyTests {
    @Test("R5.4 an urgent report becomes a matter of the highest urgency under its own id")
    func intake() throws {
        let fact = Self.fact(.report(.submitted(Self.report(kind: .noise, isUrgent: true))))
        let raise = try #require(commands(IntakePolicy(), fact).first as? RaiseMatter)
        #expect(raise.matter == "R-1")
        #expect(raise.urgency == .emergency)
        #expect(raise.reporter == "resident-1")
    }

    @Test("R11.2 a blocked passage is an emergency whatever its text says, noise is not")
    func emergencyKinds() throws {
        let passage = Self.fact(.report(.submitted(Self.report(kind: .blockedPassage, isUrgent: false))))
        #expect((commands(IntakePolicy(), passage).first as? RaiseMatter)?.urgency == .emergency)
        let noise = Self.fact(.report(.submitted(Self.report(kind: .noise, isUrgent: false))))
        #expect((commands(IntakePolicy(), noise).first as? RaiseMatter)?.urgency == .normal)
    }

    @Test("S3 a raised matter goes to the grid worker of its grid")
    func investigator() throws {
        var policy = IntakePolicy()
        for event in Self.townEvents { policy.evolve(Self.fact(event)) }
        let raised = Self.fact(.matter(.raised(Self.raised)))
        #expect(
            commands(policy, raised).first as? AssignInvestigator == AssignInvestigator(matter: "M-1", person: "gw")
        )
    }

    @Test("S3 without a grid worker nobody is assigned")
    func nobodyToAssign() {
        #expect(commands(IntakePolicy(), Self.fact(.matter(.raised(Self.raised)))).isEmpty)
    }

    @Test(
        "S5 the title of a matter is one line, whatever was reported",
        arguments: [
            "\n\n one \t two \r\n three", String(repeating: "长", count: 4_000), "\u{20}\u{301}", "e\u{301}\u{302}",
        ]
    )
    func title(text: String) throws {
        let fact = Self.fact(.report(.submitted(Self.report(kind: .noise, isUrgent: false, text: text))))
        let raise = try #require(commands(IntakePolicy(), fact).first as? RaiseMatter)
        #expect(try RaiseMatter.description.record.decode(raise.data) == raise)
    }

    @Test("S3 the ladder: street at half the limit, no-show and district at the limit, city at one and a half")
    func ladder() throws {
        var policy = WhistleClockPolicy()
        let scenario = try Scenario(upTo: .whistled)
        for fact in scenario.facts { policy.evolve(fact) }
        let fire = policy.timers.filter { $0.key.contains("/fire/") }
        #expect(fire.map { $0.due.since(Town.noon) } == [.seconds(300), .seconds(600), .seconds(600), .seconds(900)])
        let levels = fire.compactMap { ($0.command as? EscalateWhistle)?.level }
        #expect(levels == [.street, .district, .city])
        #expect(fire.contains { $0.command is RecordNoShow })
        #expect(fire.allSatisfy { $0.cause == scenario.facts.last?.id })
    }

    @Test("S3 timers end when the department accepts, arrives, is done, or the whistle is withdrawn")
    func timersEnd() throws {
        for (milestone, step) in [
            (Milestone.enRoute, "on-scene"), (.inAction, "act"), (.done, nil), (.withdrawn, nil), (.filedBoth, nil),
        ] {
            var policy = WhistleClockPolicy()
            for fact in try Scenario(upTo: milestone).facts { policy.evolve(fact) }
            let fire = policy.timers.filter { $0.key.contains("/fire/") }
            #expect(Set(fire.map { $0.key.split(separator: "/")[3] }) == Set(step.map { [Substring($0)] } ?? []))
        }
    }

    @Test("R3.4 a paused clock is chased by nobody")
    func paused() throws {
        var policy = WhistleClockPolicy()
        for fact in try Scenario(upTo: .disputed).facts { policy.evolve(fact) }
        #expect(!policy.timers.contains { $0.key.contains("/police/") })
        #expect(policy.timers.contains { $0.key.contains("/fire/") })
    }

    @Test("R0.5 a timer is accepted at its time, not before, and does nothing when it comes twice or too late")
    func timersFire() throws {
        var scenario = try Scenario(upTo: .whistled)
        let due = Town.noon + .seconds(600)
        let noShow = RecordNoShow(matter: "M-1", department: "fire", step: .accept, dueAt: due)
        let escalation = EscalateWhistle(
            matter: "M-1",
            department: "fire",
            step: .accept,
            level: .street,
            dueAt: due
        )
        #expect(scenario.refusal(of: noShow, by: Town.system)?.code == "R0.5 too-early")
        #expect(scenario.refusal(of: escalation, by: Town.system)?.code == "R0.5 too-early")
        scenario.wait(.seconds(300))
        #expect(try scenario.send(escalation, by: Town.system).count == 1)
        #expect(try scenario.send(escalation, by: Town.system).isEmpty)
        scenario.wait(.seconds(300))
        #expect(try scenario.send(noShow, by: Town.system).count == 1)
        #expect(try scenario.send(noShow, by: Town.system).isEmpty)
        #expect(scenario.matter.openRound?.call(of: "fire")?.status == .noShow)
        let accepted = try scenario.send(AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        guard case .whistleAccepted(let payload)? = accepted.first else { return #expect(Bool(false)) }
        #expect(!payload.isLate, "accepted at the very limit")
        #expect(try scenario.send(noShow, by: Town.system).isEmpty)
    }

    @Test("S3 a whistle is delivered to each department, a task to its party, a reopening to the lead, once by key")
    func deliveries() throws {
        var scenario = try Scenario(upTo: .inAction)
        let task = DelegateTask(
            matter: "M-1",
            task: "T-1",
            party: "jindi",
            duty: "passage.clear",
            text: "Tow the cars."
        )
        try scenario.send(task, by: Town.fire)
        try scenario.send(WithdrawWhistle(matter: "M-1", reason: "Gone."), by: Town.head)
        let sent = deliveries(of: scenario.facts) + deliveries(of: try Scenario(upTo: .reopened).facts)
        #expect(
            sent.map { "\($0.kind.rawValue) \($0.party)" } == [
                "whistle fire", "whistle police", "task jindi", "withdrawn fire", "withdrawn police",
                "whistle fire", "whistle police", "reopened fire",
            ]
        )
    }

    @Test("S3 a delivery can be read by the party's system")
    func content() throws {
        let delivery = try #require(deliveries(of: try Scenario(upTo: .whistled).facts).first)
        let content = try MatterDelivery.record.decode(delivery.payload)
        #expect(content.title == "Two cars block the fire lane")
        #expect(content.place == "Dongqiao 7")
        #expect(content.due == Town.noon + .seconds(600))
        #expect(delivery.words.en == "Whistle: Two cars block the fire lane, Dongqiao 7")
    }

    @Test("R3.5 the reporter is asked once both sides have filed")
    func asks() throws {
        for (milestone, count) in [(Milestone.filedOneSide, 0), (.filedBoth, 1), (.resolvedLocally, 1)] {
            var policy = FeedbackPolicy()
            var asked = 0
            for fact in try Scenario(upTo: milestone).facts {
                policy.evolve(fact)
                asked += commands(policy, fact).count { $0 is AskFeedback }
            }
            #expect(asked == count, "at \(milestone)")
        }
    }

    @Test("R14.1 the question has a timer until it is answered")
    func feedbackTimer() throws {
        for (milestone, count) in [(Milestone.awaitingFeedback, 1), (.answered, 0), (.reopened, 0)] {
            var policy = FeedbackPolicy()
            for fact in try Scenario(upTo: milestone).facts { policy.evolve(fact) }
            #expect(policy.timers.count == count, "at \(milestone)")
        }
    }

    // MARK: - Pieces

    private func commands(_ policy: some Policy, _ fact: Fact) -> [any Command] {
        policy.reactions(to: fact).compactMap { if case .issue(let command, _, _) = $0 { command } else { nil } }
    }

    private func deliveries(of facts: [Fact]) -> [TaskDelivery] {
        var policy = MatterDeliveryPolicy()
        var sent: [TaskDelivery] = []
        for fact in facts {
            policy.evolve(fact)
            sent += policy.reactions(to: fact).compactMap {
                if case .deliver(let delivery) = $0 { delivery } else { nil }
            }
        }
        #expect(Set(sent.map(\.key)).count == sent.count)
        return sent
    }

    private static func fact(_ event: AnyEvent) -> Fact {
        Fact(
            position: Position(1),
            stream: StreamName("test"),
            version: StreamVersion(1),
            id: EventID(command: CommandID(UniqueID(high: 0, low: 1)), ordinal: 0),
            type: EventType("Test"),
            origin: .test,
            event: event
        )
    }

    private static func report(kind: ReportKind, isUrgent: Bool, text: String = "Too loud.") -> ReportSubmitted {
        ReportSubmitted(
            report: "R-1",
            channel: .app,
            kind: kind,
            territory: "dq-02",
            place: "Dongqiao 7",
            text: text,
            reporter: "resident-1",
            isUrgent: isUrgent
        )
    }

    private static let raised = MatterRaised(
        matter: "M-1",
        kind: .noise,
        territory: "dq-02",
        place: "Dongqiao 7",
        title: "Too loud",
        text: "Too loud.",
        urgency: .normal
    )

    private static let townEvents: [AnyEvent] = [
        .territory(.defined(TerritoryDefined(territory: "dq", level: .community, nameEN: "D", nameZH: "东"))),
        .territory(
            .defined(TerritoryDefined(territory: "dq-02", level: .grid, parent: "dq", nameEN: "D2", nameZH: "东二"))
        ),
        .authority(
            .personAppointed(
                PersonAppointed(
                    person: "gw",
                    role: .gridWorker,
                    party: "dq-committee",
                    territory: "dq-02",
                    from: Town.noon - .seconds(60)
                )
            )
        ),
    ]
}
