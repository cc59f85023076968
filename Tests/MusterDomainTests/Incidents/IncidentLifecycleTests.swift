import EventSourcing
import MusterDomain
import Testing

/// The lifecycle as a table: which steps are open at each milestone of an incident. Whatever is not in the table is
/// refused with a rule and a reason.
@Suite struct IncidentLifecycleTests {
    /// A step of the story, by whoever may take it.
    enum Step: String, CaseIterable {
        case report, verify, ruleOut, declare, activate, standUp, lead, start, complete, skip, support, sumUp
        case openFollowUp, recheck, standDown, close, reopen
    }

    static let table: [(IncidentMilestone, Set<Step>)] = [
        (.unreported, [.report]),
        (.suspected, [.verify, .ruleOut]),
        (.ruledOut, []),
        (.verified, [.declare]),
        (.declared, [.activate]),
        (.activated, [.standUp]),
        (.groupsUp, [.lead, .start, .skip, .support]),
        (.working, [.lead, .start, .complete, .skip, .support]),
        (.reported, [.lead, .support, .sumUp, .standDown]),
        (.summarised, [.lead, .support, .openFollowUp, .standDown]),
        (.followUp, [.lead, .support, .openFollowUp, .standDown, .recheck]),
        (.rechecked, [.lead, .support, .openFollowUp, .standDown]),
        (.stoodDown, [.standUp, .openFollowUp, .close]),
        (.closed, [.reopen]),
        (.reopened, [.standUp]),
    ]

    @Test("S6 at each milestone exactly the steps of the lifecycle are open", arguments: table)
    func steps(milestone: IncidentMilestone, open: Set<Step>) throws {
        var scenario = try IncidentScenario(upTo: milestone)
        if milestone == .followUp { scenario.wait(Plans.minute * 2_880) }
        for step in Step.allCases {
            let refusal = scenario.refusal(of: step)
            #expect(
                (refusal == nil) == open.contains(step),
                "\(step) at \(milestone): \(refusal?.code ?? "accepted")"
            )
        }
    }

    @Test("S6 the table covers every milestone")
    func coverage() { #expect(Set(Self.table.map(\.0)) == Set(IncidentMilestone.allCases)) }

    @Test(
        "S6 each milestone has its status",
        arguments: [
            (.unreported, nil), (.suspected, .suspected), (.ruledOut, .ruledOut), (.verified, .verified),
            (.declared, .declared), (.activated, .firstDisposal), (.groupsUp, .firstDisposal),
            (.working, .firstDisposal), (.reported, .firstDisposal), (.summarised, .firstDisposal),
            (.followUp, .followUp), (.rechecked, .rechecked), (.stoodDown, .rechecked), (.closed, .closed),
            (.reopened, .reopened),
        ] as [(IncidentMilestone, IncidentStatus?)]
    )
    func status(milestone: IncidentMilestone, status: IncidentStatus?) throws {
        #expect(try IncidentScenario(upTo: milestone).incident.status == status)
    }
}

extension IncidentScenario {
    fileprivate func refusal(of step: IncidentLifecycleTests.Step) -> Rejection? {
        switch step {
        case .report: refusal(of: Self.report, by: Town.head)
        case .verify: refusal(of: VerifyCase(incident: "I-1", text: "Yes."), by: Town.market)
        case .ruleOut: refusal(of: RuleOutCase(incident: "I-1", text: "No."), by: Town.market)
        case .declare: refusal(of: Self.declare(.i), by: Town.district)
        case .activate: refusal(of: Self.activate, by: Town.district)
        case .standUp: refusal(of: StandUpGroup(incident: "I-1", group: "spray", party: "street-1"), by: Town.street)
        case .lead:
            refusal(of: AssignGroupLead(incident: "I-1", group: "spray", person: "street-duty"), by: Town.street)
        case .start: refusal(of: StartStep(incident: "I-1", step: "disinfect"), by: Town.street)
        case .complete: refusal(of: CompleteStep(incident: "I-1", step: "enter", text: "In."), by: Town.head)
        case .skip: refusal(of: SkipStep(incident: "I-1", step: "post", reason: "None."), by: Town.police)
        case .support: refusal(of: RequestSupport(incident: "I-1", group: "spray", text: "More."), by: Town.street)
        case .sumUp: refusal(of: Self.summary, by: Town.street)
        case .openFollowUp: refusal(of: OpenFollowUp(incident: "I-1"), by: Town.system)
        case .recheck: refusal(of: Self.recheck("two-days", sites: ["home", "shop"]), by: Town.market)
        case .standDown: refusal(of: StandDownGroup(incident: "I-1", group: "spray"), by: Town.street)
        case .close: refusal(of: CloseIncident(incident: "I-1"), by: Town.street)
        case .reopen: refusal(of: ReopenIncident(incident: "I-1", reason: "Again."), by: Town.street)
        }
    }
}
