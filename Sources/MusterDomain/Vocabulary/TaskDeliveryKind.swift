package import Records

/// What a delivery asks of its party, or tells it.
package enum TaskDeliveryKind: String, Choice {
    // About a matter.
    /// Agree to a whistle, or do not.
    case consent
    /// Accept a whistle and come.
    case whistle
    /// Do a part of the work.
    case task
    /// Come again: the matter was not solved.
    case reopened
    /// Nothing any more: the whistle was withdrawn.
    case withdrawn
    /// Look at how the matter ended, as somebody who had no part in it.
    case appeal
    /// See to it that a called department comes, or gets on: so much of its time is gone.
    case escalation
    /// Find another way: a department that was called did not answer, or did not come, in its time.
    case noShow = "no-show"

    // About a directive.
    /// Acknowledge it and do as it says.
    case directive
    /// Acknowledge its new version.
    case directiveAmended = "directive-amended"
    /// Nothing any more: it was recalled.
    case directiveRecalled = "directive-recalled"
    /// Keep another one in its place.
    case directiveSuperseded = "directive-superseded"
    /// Ask somebody to whom it was passed on, and who has not acknowledged it.
    case receiptOverdue = "receipt-overdue"

    // About an incident.
    /// Verify a suspicion, or rule it out.
    case verification
    /// Declare what was verified, and choose a playbook.
    case declaration
    /// Form a group.
    case standUp = "stand-up"
    /// Work as a group.
    case group
    /// Finish a step in time.
    case step
    /// Help a group.
    case support
    /// Sum up the first disposal.
    case summary
    /// Look again whether all is well.
    case recheck

    // About a measure.
    /// Answer somebody who says that it is wrong.
    case challenge
    /// Allow a stricter local measure, or do not.
    case proposal
    /// Nothing any more: this was decided on its proposal.
    case answer
    /// Nothing any more: the measure, which it issued, proposed or challenged, was ended before its time.
    case measureRepealed = "measure-repealed"
    /// Lift it, or see to a new one: its time is over.
    case measureExpired = "measure-expired"
    /// Look at a lower level that is, or wants to be, stricter than the measure allows.
    case addOn = "add-on"

    // About a responsibility list.
    /// Look it through, and publish the next one.
    case listReview = "list-review"

    // About an inquiry.
    /// Look into what was reported.
    case inquiry

    // About a notice.
    /// Correct it, withdraw it or stand by it: somebody says that it is wrong.
    case noticeQuestioned = "notice-questioned"

    // About an appraisal.
    /// Publish how parties stood: the month is over.
    case appraisal

    // About a report.
    /// Deal with what was reported.
    case report
    /// See to it that somebody deals with it: its time has passed.
    case reportOverdue = "report-overdue"

    // About a call.
    /// Call back: the time for it has passed.
    case callOverdue = "call-overdue"

    // About a direct report.
    /// Acknowledge it, and act.
    case directReport = "direct-report"

    // About figures.
    /// Tell them.
    case form
    /// Tell them at once, or see to it: the time for them has passed.
    case formOverdue = "form-overdue"

    // About a household.
    /// Go there: visits keep failing.
    case householdVisit = "household-visit"

    // About the households of a building.
    /// Catch up: deadlines of the registry have passed.
    case registryOverdue = "registry-overdue"

    package var words: Words {
        switch self {
        case .consent: Words("Consent", zh: "待同意")
        case .whistle: Words("Whistle", zh: "吹哨")
        case .task: Words("Task", zh: "任务")
        case .reopened: Words("Come again", zh: "再次到场")
        case .withdrawn: Words("Withdrawn", zh: "已撤哨")
        case .appeal: Words("Appeal", zh: "申诉")
        case .escalation: Words("Escalation", zh: "升级督办")
        case .noShow: Words("No-show", zh: "部门逾期")
        case .directive: Words("Directive", zh: "指令")
        case .directiveAmended: Words("Directive amended", zh: "指令修订")
        case .directiveRecalled: Words("Directive recalled", zh: "指令撤回")
        case .directiveSuperseded: Words("Directive superseded", zh: "指令被取代")
        case .receiptOverdue: Words("Receipt overdue", zh: "逾期未签收")
        case .verification: Words("Verification", zh: "核实")
        case .declaration: Words("Declaration", zh: "启动响应")
        case .standUp: Words("Form a group", zh: "组建工作组")
        case .group: Words("Group", zh: "工作组")
        case .step: Words("Step", zh: "步骤")
        case .support: Words("Support", zh: "支援")
        case .summary: Words("Summary", zh: "汇总")
        case .recheck: Words("Re-check", zh: "复查")
        case .challenge: Words("Challenge", zh: "质疑")
        case .proposal: Words("Proposal", zh: "待批提议")
        case .answer: Words("Answer", zh: "答复")
        case .measureRepealed: Words("Measure repealed", zh: "措施撤销")
        case .measureExpired: Words("Measure expired", zh: "措施到期")
        case .addOn: Words("Add-on", zh: "层层加码")
        case .listReview: Words("Review of the list", zh: "清单复核")
        case .inquiry: Words("Inquiry", zh: "线索")
        case .noticeQuestioned: Words("Notice questioned", zh: "公告有误")
        case .appraisal: Words("Appraisal", zh: "考核")
        case .report: Words("Report", zh: "转办报告")
        case .reportOverdue: Words("Report overdue", zh: "报告逾期")
        case .callOverdue: Words("Call back overdue", zh: "回拨逾期")
        case .directReport: Words("Direct report", zh: "信息直报")
        case .form: Words("Figures wanted", zh: "待填数据")
        case .formOverdue: Words("Figures overdue", zh: "数据逾期")
        case .householdVisit: Words("Household visit", zh: "上门走访")
        case .registryOverdue: Words("Registry overdue", zh: "台账逾期")
        }
    }
}
