package import Records

/// What a party's system reads about a task that was delivered to it: the payload of the task. Each sort has a record of
/// its own, published under `schemas/tasks`.
package enum TaskContent: Hashable, Sendable {
    case matter(MatterDelivery)
    case directive(DirectiveDelivery)
    case incident(IncidentDelivery)
    case measure(MeasureDelivery)
    case inquiry(InquiryDelivery)
    case notice(NoticeDelivery)
    case appraisal(AppraisalDelivery)
    case report(ReportDelivery)
    case call(CallDelivery)
    case directReport(DirectReportDelivery)
    case form(FormDelivery)
    case household(HouseholdDelivery)
    case list(ListDelivery)
    case registry(RegistryDelivery)

    package var about: TaskSubject {
        switch self {
        case .matter(let task): .matter(task.matter)
        case .directive(let task): .directive(task.directive)
        case .incident(let task): .incident(task.incident)
        case .measure(let task): .measure(task.measure)
        case .inquiry(let task): .inquiry(task.inquiry)
        case .notice(let task): .notice(task.notice)
        case .appraisal(let task): .appraisal(task.appraisal)
        case .report(let task): .report(task.report)
        case .call(let task): .call(task.call)
        case .directReport(let task): .directReport(task.directReport)
        case .form(let task): .form(task.request)
        case .household(let task): .household(task.household)
        case .list(let task): .list(task.list)
        case .registry(let task): .registry(task.building)
        }
    }

    package var kind: TaskDeliveryKind {
        switch self {
        case .matter(let task): task.kind
        case .directive(let task): task.kind
        case .incident(let task): task.kind
        case .measure(let task): task.kind
        case .inquiry(let task): task.kind
        case .notice(let task): task.kind
        case .appraisal(let task): task.kind
        case .report(let task): task.kind
        case .call(let task): task.kind
        case .directReport(let task): task.kind
        case .form(let task): task.kind
        case .household(let task): task.kind
        case .list(let task): task.kind
        case .registry(let task): task.kind
        }
    }

    /// As JSON.
    package var payload: [UInt8] {
        switch self {
        case .matter(let task): MatterDelivery.record.encode(task)
        case .directive(let task): DirectiveDelivery.record.encode(task)
        case .incident(let task): IncidentDelivery.record.encode(task)
        case .measure(let task): MeasureDelivery.record.encode(task)
        case .inquiry(let task): InquiryDelivery.record.encode(task)
        case .notice(let task): NoticeDelivery.record.encode(task)
        case .appraisal(let task): AppraisalDelivery.record.encode(task)
        case .report(let task): ReportDelivery.record.encode(task)
        case .call(let task): CallDelivery.record.encode(task)
        case .directReport(let task): DirectReportDelivery.record.encode(task)
        case .form(let task): FormDelivery.record.encode(task)
        case .household(let task): HouseholdDelivery.record.encode(task)
        case .list(let task): ListDelivery.record.encode(task)
        case .registry(let task): RegistryDelivery.record.encode(task)
        }
    }

    /// One sort of content, as it is published.
    package struct Sort: Sendable {
        package let name: String
        package let words: Words
        package let fields: [FieldDescription]

        init(_ name: String, _ words: Words, _ fields: [FieldDescription]) {
            self.name = name
            self.words = words
            self.fields = fields
        }
    }

    package static let sorts = [
        Sort("MatterDelivery", Words("Task about a matter", zh: "事项任务"), MatterDelivery.record.fields),
        Sort("DirectiveDelivery", Words("Task about a directive", zh: "指令任务"), DirectiveDelivery.record.fields),
        Sort("IncidentDelivery", Words("Task about an incident", zh: "事件任务"), IncidentDelivery.record.fields),
        Sort("MeasureDelivery", Words("Task about a measure", zh: "措施任务"), MeasureDelivery.record.fields),
        Sort("InquiryDelivery", Words("Task about an inquiry", zh: "线索任务"), InquiryDelivery.record.fields),
        Sort("NoticeDelivery", Words("Task about a notice", zh: "公告任务"), NoticeDelivery.record.fields),
        Sort("AppraisalDelivery", Words("Task about an appraisal", zh: "考核任务"), AppraisalDelivery.record.fields),
        Sort("ReportDelivery", Words("Task about a report", zh: "报告任务"), ReportDelivery.record.fields),
        Sort("CallDelivery", Words("Task about a call", zh: "来电任务"), CallDelivery.record.fields),
        Sort(
            "DirectReportDelivery",
            Words("Task about a direct report", zh: "直报任务"),
            DirectReportDelivery.record.fields
        ),
        Sort("FormDelivery", Words("Task about figures", zh: "数据任务"), FormDelivery.record.fields),
        Sort("HouseholdDelivery", Words("Task about a household", zh: "住户任务"), HouseholdDelivery.record.fields),
        Sort("ListDelivery", Words("Task about a responsibility list", zh: "责任清单任务"), ListDelivery.record.fields),
        Sort("RegistryDelivery", Words("Task about a registry", zh: "台账任务"), RegistryDelivery.record.fields),
    ]
}
