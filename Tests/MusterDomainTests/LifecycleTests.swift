import EventSourcing
import MusterDomain
import Testing

/// The lifecycle as a table: which steps are open at each milestone of a matter. Whatever is not in the table is
/// refused with a rule and a reason.
@Suite struct LifecycleTests {
    /// A step of the story, by whoever may take it.
    enum Step: String, CaseIterable {
        case raise, assign, find, resolve, requestConsent, giveConsent, refuseConsent, blowEmergency, blowJoint,
            withdraw
        case acceptFire, acceptPolice, dispute, rule, arrive, handOver, plan, delegate, complete
        case fileCommunity, fileDepartment, ask, solved, notSolved, close, reopen, appeal, offer
    }

    static let table: [(Milestone, Set<Step>)] = [
        (.unraised, [.raise]),
        (.raised, [.assign, .find, .blowEmergency, .delegate, .offer]),
        (.investigating, [.assign, .find, .resolve, .blowEmergency, .delegate, .offer]),
        (.resolvedLocally, [.ask, .offer]),
        (.awaitingConsent, [.find, .giveConsent, .refuseConsent, .blowEmergency, .delegate, .offer]),
        (.consented, [.find, .blowEmergency, .blowJoint, .delegate, .offer]),
        (.whistled, [.find, .withdraw, .acceptFire, .acceptPolice, .dispute, .delegate, .offer]),
        (
            .disputed,
            [.find, .withdraw, .acceptFire, .rule, .delegate, .offer]
        ),
        (
            .enRoute,
            [
                .find, .withdraw, .acceptPolice, .dispute, .arrive, .handOver, .plan, .delegate, .offer,
            ]
        ),
        (
            .inAction,
            [
                .find, .withdraw, .acceptPolice, .dispute, .handOver, .plan, .delegate, .complete, .fileCommunity,
                .offer,
            ]
        ),
        (
            .done,
            [
                .find, .withdraw, .acceptPolice, .dispute, .handOver, .plan, .delegate, .fileCommunity, .fileDepartment,
                .offer,
            ]
        ),
        (
            .filedOneSide,
            [.find, .withdraw, .acceptPolice, .dispute, .handOver, .plan, .delegate, .fileDepartment, .offer]
        ),
        (.filedBoth, [.ask, .offer]),
        (.awaitingFeedback, [.solved, .notSolved, .offer]),
        (.answered, [.close, .offer]),
        (.closed, [.reopen, .appeal]),
        (
            .reopened,
            [
                .find, .withdraw, .arrive, .handOver, .plan, .delegate, .offer,
            ]
        ),
        (.withdrawn, [.assign, .find, .resolve, .blowEmergency, .delegate, .offer]),
    ]

    @Test("S3 at each milestone exactly the steps of the lifecycle are open", arguments: table)
    func steps(milestone: Milestone, open: Set<Step>) throws {
        let scenario = try Scenario(upTo: milestone)
        for step in Step.allCases {
            let refusal = scenario.refusal(of: step)
            #expect(
                (refusal == nil) == open.contains(step),
                "\(step) at \(milestone): \(refusal?.code ?? "accepted")"
            )
        }
    }

    @Test("S3 the table covers every milestone")
    func coverage() {
        #expect(Set(Self.table.map(\.0)) == Set(Milestone.allCases))
    }

    @Test(
        "S3 each milestone has its status",
        arguments: [
            (Milestone.unraised, nil), (.raised, .raised), (.investigating, .investigating),
            (.resolvedLocally, .resolvedLocally), (.awaitingConsent, .awaitingConsent), (.consented, .consented),
            (.whistled, .whistled), (.disputed, .whistled), (.enRoute, .whistled), (.inAction, .inAction),
            (.done, .inAction), (.filedOneSide, .filedOneSide), (.filedBoth, .filedBoth),
            (.awaitingFeedback, .awaitingFeedback), (.answered, .answered), (.closed, .closed),
            (.reopened, .reopened), (.withdrawn, .investigating),
        ] as [(Milestone, MatterStatus?)]
    )
    func status(milestone: Milestone, status: MatterStatus?) throws {
        #expect(try Scenario(upTo: milestone).matter.status == status)
    }

    @Test("S3 a called department goes from blown over en-route and on-scene to done")
    func callLifecycle() throws {
        let expected: [(Milestone, CallStatus)] = [
            (.whistled, .blown), (.enRoute, .enRoute), (.inAction, .onScene), (.done, .done), (.withdrawn, .withdrawn),
            (.reopened, .enRoute),
        ]
        for (milestone, status) in expected {
            #expect(try Scenario(upTo: milestone).matter.rounds.last?.call(of: "fire")?.status == status)
        }
    }

    @Test("S3 a joint plan makes those on the scene act, and those who come later")
    func plan() throws {
        var scenario = try Scenario(upTo: .inAction)
        try scenario.send(AgreeJointPlan(matter: "M-1", text: "Tow first."), by: Town.head)
        try scenario.send(AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        try scenario.send(ReportOnScene(matter: "M-1", department: "police"), by: Town.police)
        #expect(scenario.matter.openRound?.calls.map(\.status) == [.acting, .acting])
    }
}

extension Scenario {
    fileprivate func refusal(of step: LifecycleTests.Step) -> Rejection? {
        switch step {
        case .raise: refusal(of: Self.raise, by: Town.head)
        case .appeal: refusal(of: Appeal(matter: "M-1", reason: "It is back."), by: Town.resident)
        case .assign: refusal(of: AssignInvestigator(matter: "M-1", person: "gw-02"), by: Town.head)
        case .find: refusal(of: Self.findings, by: Town.head)
        case .resolve: refusal(of: ResolveLocally(matter: "M-1", text: "Solved."), by: Town.head)
        case .requestConsent: refusal(of: RequestConsent(matter: "M-1", reason: "Needed."), by: Town.head)
        case .giveConsent: refusal(of: GiveConsent(matter: "M-1", text: "Yes."), by: Town.head)
        case .refuseConsent: refusal(of: RefuseConsent(matter: "M-1", text: "No."), by: Town.head)
        case .blowEmergency: refusal(of: Self.emergency(), by: Town.head)
        case .blowJoint: refusal(of: Self.blow(.jointEnforcement), by: Town.head)
        case .withdraw: refusal(of: WithdrawWhistle(matter: "M-1", reason: "Gone."), by: Town.head)
        case .acceptFire: refusal(of: AcceptWhistle(matter: "M-1", department: "fire"), by: Town.fire)
        case .acceptPolice: refusal(of: AcceptWhistle(matter: "M-1", department: "police"), by: Town.police)
        case .dispute:
            refusal(
                of: DisputeCompetence(matter: "M-1", department: "police", duty: "passage.clear", argument: "No."),
                by: Town.police
            )
        case .rule:
            refusal(
                of: RuleOnCompetence(matter: "M-1", department: "police", upheld: true, text: "Released."),
                by: Town.street
            )
        case .arrive: refusal(of: ReportOnScene(matter: "M-1", department: "fire"), by: Town.fire)
        case .handOver: refusal(of: HandOverFindings(matter: "M-1", text: "Two cars."), by: Town.head)
        case .plan: refusal(of: AgreeJointPlan(matter: "M-1", text: "Tow."), by: Town.head)
        case .delegate:
            refusal(
                of: DelegateTask(matter: "M-1", task: "T-1", party: "jindi", duty: "passage.clear", text: "Tow."),
                by: Town.head
            )
        case .complete:
            refusal(
                of: CompleteAction(matter: "M-1", department: "fire", result: .solved, text: "Clear."),
                by: Town.fire
            )
        case .fileCommunity: refusal(of: Self.communityFiling, by: Town.head)
        case .fileDepartment: refusal(of: Self.departmentFiling, by: Town.fire)
        case .ask: refusal(of: AskFeedback(matter: "M-1"), by: Town.head)
        case .solved: refusal(of: GiveFeedback(matter: "M-1", solved: true), by: Town.resident)
        case .notSolved: refusal(of: GiveFeedback(matter: "M-1", solved: false), by: Town.resident)
        case .close: refusal(of: CloseMatter(matter: "M-1"), by: Town.head)
        case .reopen: refusal(of: ReopenMatter(matter: "M-1", reason: "Blocked again."), by: Town.head)
        case .offer: refusal(of: OfferHelp(matter: "M-1", hands: 4, text: "We can carry."), by: Town.ngo)
        }
    }
}
