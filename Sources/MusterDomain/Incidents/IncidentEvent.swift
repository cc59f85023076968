import EventSourcing
import Records

/// What happened to an incident, from the suspicion to the closing.
package enum IncidentEvent: DomainEvent {
    case caseSuspected(CaseSuspected)
    case caseRegistered(CaseRegistered)
    case caseVerified(CaseVerified)
    case caseRuledOut(CaseRuledOut)
    case declared(IncidentDeclared)
    case playbookActivated(PlaybookActivated)
    case groupStoodUp(GroupStoodUp)
    case groupLeadAssigned(GroupLeadAssigned)
    case stepStarted(StepStarted)
    case stepCompleted(StepCompleted)
    case stepSkipped(StepSkipped)
    case supportRequested(SupportRequested)
    case firstDisposalSummarised(FirstDisposalSummarised)
    case followUpOpened(FollowUpOpened)
    case recheckPassed(RecheckPassed)
    case recheckFailed(RecheckFailed)
    case groupStoodDown(GroupStoodDown)
    case closed(IncidentClosed)
    case reopened(IncidentReopened)
    case deadlineMissed(IncidentDeadlineMissed)

    package static let table = EventTable<IncidentEvent>([
        EventDescription(
            "CaseSuspected",
            subject: .member("person"),
            Words("Case suspected", zh: "疑似情况已报告"),
            CaseSuspected.record,
            IncidentEvent.caseSuspected
        ) {
            if case .caseSuspected(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CaseRegistered",
            Words("Case registered", zh: "情况已登记"),
            CaseRegistered.record,
            IncidentEvent.caseRegistered
        ) {
            if case .caseRegistered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CaseVerified",
            subject: .member("person"),
            Words("Case verified", zh: "已核实"),
            CaseVerified.record,
            IncidentEvent.caseVerified
        ) {
            if case .caseVerified(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CaseRuledOut",
            subject: .member("person"),
            Words("Case ruled out", zh: "已排除"),
            CaseRuledOut.record,
            IncidentEvent.caseRuledOut
        ) {
            if case .caseRuledOut(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "IncidentDeclared",
            Words("Incident declared", zh: "事件已宣布"),
            IncidentDeclared.record,
            IncidentEvent.declared
        ) {
            if case .declared(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "PlaybookActivated",
            Words("Playbook activated", zh: "预案已启用"),
            PlaybookActivated.record,
            IncidentEvent.playbookActivated
        ) {
            if case .playbookActivated(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GroupStoodUp",
            Words("Group stood up", zh: "工作组已到位"),
            GroupStoodUp.record,
            IncidentEvent.groupStoodUp
        ) {
            if case .groupStoodUp(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GroupLeadAssigned",
            Words("Group lead assigned", zh: "组负责人已指定"),
            GroupLeadAssigned.record,
            IncidentEvent.groupLeadAssigned
        ) {
            if case .groupLeadAssigned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "StepStarted",
            Words("Step started", zh: "步骤已开始"),
            StepStarted.record,
            IncidentEvent.stepStarted
        ) {
            if case .stepStarted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "StepCompleted",
            subject: .member("person"),
            Words("Step completed", zh: "步骤已完成"),
            StepCompleted.record,
            IncidentEvent.stepCompleted
        ) {
            if case .stepCompleted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "StepSkipped",
            Words("Step skipped", zh: "步骤已跳过"),
            StepSkipped.record,
            IncidentEvent.stepSkipped
        ) {
            if case .stepSkipped(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "SupportRequested",
            Words("Support requested", zh: "已请求支援"),
            SupportRequested.record,
            IncidentEvent.supportRequested
        ) {
            if case .supportRequested(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FirstDisposalSummarised",
            Words("First disposal summarised", zh: "首次处置已汇总"),
            FirstDisposalSummarised.record,
            IncidentEvent.firstDisposalSummarised
        ) {
            if case .firstDisposalSummarised(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FollowUpOpened",
            Words("Follow-up opened", zh: "后续跟进已开启"),
            FollowUpOpened.record,
            IncidentEvent.followUpOpened
        ) {
            if case .followUpOpened(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "RecheckPassed",
            Words("Re-check passed", zh: "复查通过"),
            RecheckPassed.record,
            IncidentEvent.recheckPassed
        ) {
            if case .recheckPassed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "RecheckFailed",
            Words("Re-check failed", zh: "复查未通过"),
            RecheckFailed.record,
            IncidentEvent.recheckFailed
        ) {
            if case .recheckFailed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GroupStoodDown",
            Words("Group stood down", zh: "工作组已撤收"),
            GroupStoodDown.record,
            IncidentEvent.groupStoodDown
        ) {
            if case .groupStoodDown(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "IncidentClosed",
            Words("Incident closed", zh: "事件已结案"),
            IncidentClosed.record,
            IncidentEvent.closed
        ) {
            if case .closed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "IncidentReopened",
            Words("Incident reopened", zh: "事件已重启"),
            IncidentReopened.record,
            IncidentEvent.reopened
        ) {
            if case .reopened(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "IncidentDeadlineMissed",
            Words("Deadline missed", zh: "超过时限"),
            IncidentDeadlineMissed.record,
            IncidentEvent.deadlineMissed
        ) {
            if case .deadlineMissed(let payload) = $0 { payload } else { nil }
        },
    ])
}
