import EventSourcing
import Records

/// What happened to a matter, from the report to the resident's answer.
package enum MatterEvent: DomainEvent {
    case raised(MatterRaised)
    case investigatorAssigned(InvestigatorAssigned)
    case findingsRecorded(FindingsRecorded)
    case resolvedLocally(MatterResolvedLocally)
    case consentRequested(ConsentRequested)
    case consentGiven(ConsentGiven)
    case consentRefused(ConsentRefused)
    case whistleBlown(WhistleBlown)
    case whistleWithdrawn(WhistleWithdrawn)
    case whistleAccepted(WhistleAccepted)
    case competenceDisputed(CompetenceDisputed)
    case competenceRuled(CompetenceRuled)
    case departmentArrived(DepartmentArrived)
    case findingsHandedOver(FindingsHandedOver)
    case jointPlanAgreed(JointPlanAgreed)
    case taskDelegated(TaskDelegated)
    case taskCompleted(TaskCompleted)
    case actionCompleted(ActionCompleted)
    case filedWithSuperior(FiledWithSuperior)
    case helpOffered(HelpOffered)
    case feedbackAsked(FeedbackAsked)
    case feedbackGiven(FeedbackGiven)
    case feedbackMissing(FeedbackMissing)
    case closed(MatterClosed)
    case appealed(Appealed)
    case reviewStarted(ReviewStarted)
    case reviewDecided(ReviewDecided)
    case reviewOverdue(ReviewOverdue)
    case reopened(MatterReopened)
    case departmentNoShow(DepartmentNoShow)
    case whistleEscalated(WhistleEscalated)
    case merged(MatterMerged)
    case reportersJoined(ReportersJoined)

    package static let table = EventTable<MatterEvent>([
        EventDescription(
            "MatterRaised",
            subject: .member("reporter"),
            Words("Matter raised", zh: "事项已提出"),
            MatterRaised.record,
            MatterEvent.raised
        ) {
            if case .raised(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "InvestigatorAssigned",
            Words("Investigator assigned", zh: "已指派核查人"),
            InvestigatorAssigned.record,
            MatterEvent.investigatorAssigned
        ) {
            if case .investigatorAssigned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FindingsRecorded",
            Words("Findings recorded", zh: "核查结果已记录"),
            FindingsRecorded.record,
            MatterEvent.findingsRecorded
        ) {
            if case .findingsRecorded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MatterResolvedLocally",
            Words("Resolved locally", zh: "就地解决"),
            MatterResolvedLocally.record,
            MatterEvent.resolvedLocally
        ) {
            if case .resolvedLocally(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ConsentRequested",
            Words("Consent requested", zh: "已申请同意"),
            ConsentRequested.record,
            MatterEvent.consentRequested
        ) {
            if case .consentRequested(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ConsentGiven",
            Words("Consent given", zh: "已同意"),
            ConsentGiven.record,
            MatterEvent.consentGiven
        ) {
            if case .consentGiven(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ConsentRefused",
            Words("Consent refused", zh: "未同意"),
            ConsentRefused.record,
            MatterEvent.consentRefused
        ) {
            if case .consentRefused(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "WhistleBlown",
            Words("Whistle blown", zh: "已吹哨"),
            WhistleBlown.record,
            MatterEvent.whistleBlown
        ) {
            if case .whistleBlown(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "WhistleWithdrawn",
            Words("Whistle withdrawn", zh: "已撤哨"),
            WhistleWithdrawn.record,
            MatterEvent.whistleWithdrawn
        ) {
            if case .whistleWithdrawn(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "WhistleAccepted",
            Words("Whistle accepted", zh: "已签收"),
            WhistleAccepted.record,
            MatterEvent.whistleAccepted
        ) {
            if case .whistleAccepted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CompetenceDisputed",
            Words("Competence disputed", zh: "管辖异议"),
            CompetenceDisputed.record,
            MatterEvent.competenceDisputed
        ) {
            if case .competenceDisputed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "CompetenceRuled",
            Words("Competence ruled", zh: "管辖已裁定"),
            CompetenceRuled.record,
            MatterEvent.competenceRuled
        ) {
            if case .competenceRuled(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DepartmentArrived",
            Words("On scene", zh: "已到场"),
            DepartmentArrived.record,
            MatterEvent.departmentArrived
        ) {
            if case .departmentArrived(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FindingsHandedOver",
            Words("Findings handed over", zh: "情况已移交"),
            FindingsHandedOver.record,
            MatterEvent.findingsHandedOver
        ) {
            if case .findingsHandedOver(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "JointPlanAgreed",
            Words("Joint plan agreed", zh: "联合方案已定"),
            JointPlanAgreed.record,
            MatterEvent.jointPlanAgreed
        ) {
            if case .jointPlanAgreed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "TaskDelegated",
            Words("Task delegated", zh: "任务已交办"),
            TaskDelegated.record,
            MatterEvent.taskDelegated
        ) {
            if case .taskDelegated(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "TaskCompleted",
            Words("Task completed", zh: "任务已完成"),
            TaskCompleted.record,
            MatterEvent.taskCompleted
        ) {
            if case .taskCompleted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ActionCompleted",
            Words("Action completed", zh: "处置完成"),
            ActionCompleted.record,
            MatterEvent.actionCompleted
        ) {
            if case .actionCompleted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FiledWithSuperior",
            Words("Filed with superior", zh: "已向上级报备"),
            FiledWithSuperior.record,
            MatterEvent.filedWithSuperior
        ) {
            if case .filedWithSuperior(let payload) = $0 { payload } else { nil }
        },
        EventDescription("HelpOffered", Words("Help offered", zh: "愿意帮忙"), HelpOffered.record, MatterEvent.helpOffered)
        {
            if case .helpOffered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FeedbackAsked",
            Words("Feedback asked", zh: "已征求反馈"),
            FeedbackAsked.record,
            MatterEvent.feedbackAsked
        ) {
            if case .feedbackAsked(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FeedbackGiven",
            Words("Feedback given", zh: "已反馈"),
            FeedbackGiven.record,
            MatterEvent.feedbackGiven
        ) {
            if case .feedbackGiven(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FeedbackMissing",
            Words("Feedback missing", zh: "未获反馈"),
            FeedbackMissing.record,
            MatterEvent.feedbackMissing
        ) {
            if case .feedbackMissing(let payload) = $0 { payload } else { nil }
        },
        EventDescription("MatterClosed", Words("Matter closed", zh: "事项已办结"), MatterClosed.record, MatterEvent.closed) {
            if case .closed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "Appealed",
            Words("Appealed", zh: "已申诉"),
            Appealed.record,
            MatterEvent.appealed
        ) {
            if case .appealed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReviewStarted",
            Words("Review started", zh: "复核已受理"),
            ReviewStarted.record,
            MatterEvent.reviewStarted
        ) {
            if case .reviewStarted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReviewDecided",
            Words("Review decided", zh: "复核已决定"),
            ReviewDecided.record,
            MatterEvent.reviewDecided
        ) {
            if case .reviewDecided(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReviewOverdue",
            Words("Review overdue", zh: "复核逾期"),
            ReviewOverdue.record,
            MatterEvent.reviewOverdue
        ) {
            if case .reviewOverdue(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MatterReopened",
            subject: .resident,
            Words("Matter reopened", zh: "事项已重开"),
            MatterReopened.record,
            MatterEvent.reopened
        ) {
            if case .reopened(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DepartmentNoShow",
            Words("No-show", zh: "逾期未到"),
            DepartmentNoShow.record,
            MatterEvent.departmentNoShow
        ) {
            if case .departmentNoShow(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "WhistleEscalated",
            Words("Whistle escalated", zh: "哨声已升级"),
            WhistleEscalated.record,
            MatterEvent.whistleEscalated
        ) {
            if case .whistleEscalated(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MatterMerged",
            Words("Matter goes along with another", zh: "事项已并入"),
            MatterMerged.record,
            MatterEvent.merged
        ) {
            if case .merged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportersJoined",
            Words("More reporters", zh: "新增反映人"),
            ReportersJoined.record,
            MatterEvent.reportersJoined
        ) {
            if case .reportersJoined(let payload) = $0 { payload } else { nil }
        },
    ])
}
