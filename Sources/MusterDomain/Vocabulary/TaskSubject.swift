package import Records

/// What a task that was delivered is about, by name.
package enum TaskSubject: Hashable, Sendable {
    case matter(MatterID)
    case directive(DirectiveID)
    case incident(IncidentID)
    case measure(MeasureID)
    case inquiry(InquiryID)
    case notice(NoticeID)
    case appraisal(AppraisalID)
    case report(ReportID)
    case call(CallID)
    case directReport(DirectReportID)
    case form(DataRequestID)
    case household(HouseholdID)
    /// A version of the responsibility list.
    case list(String)
    /// The households of a building.
    case registry(TerritoryID)

    /// The name of the one thing.
    package var name: String {
        switch self {
        case .matter(let id): id.rawValue
        case .directive(let id): id.rawValue
        case .incident(let id): id.rawValue
        case .measure(let id): id.rawValue
        case .inquiry(let id): id.rawValue
        case .notice(let id): id.rawValue
        case .appraisal(let id): id.rawValue
        case .report(let id): id.rawValue
        case .call(let id): id.rawValue
        case .directReport(let id): id.rawValue
        case .form(let id): id.rawValue
        case .household(let id): id.rawValue
        case .list(let version): version
        case .registry(let building): building.rawValue
        }
    }

    /// What sort of thing it is.
    package var words: Words {
        switch self {
        case .matter: Words("Matter", zh: "事项")
        case .directive: Words("Directive", zh: "指令")
        case .incident: Words("Incident", zh: "事件")
        case .measure: Words("Measure", zh: "措施")
        case .inquiry: Words("Inquiry", zh: "线索")
        case .notice: Words("Notice", zh: "公告")
        case .appraisal: Words("Appraisal", zh: "考核")
        case .report: Words("Report", zh: "报告")
        case .call: Words("Call", zh: "来电")
        case .directReport: Words("Direct report", zh: "直报")
        case .form: Words("Request for figures", zh: "数据请求")
        case .household: Words("Household", zh: "住户")
        case .list: Words("Responsibility list", zh: "责任清单")
        case .registry: Words("Registry", zh: "台账")
        }
    }

    /// Reads it off a payload, by the member that names it. Nil for a payload that has none of them, as of a task that somebody
    /// scheduled.
    package init?(payload: [UInt8]) {
        guard let names = try? Names.record.decode(payload) else { return nil }
        if let matter = names.matter {
            self = .matter(matter)
        } else if let directive = names.directive {
            self = .directive(directive)
        } else if let incident = names.incident {
            self = .incident(incident)
        } else if let measure = names.measure {
            self = .measure(measure)
        } else if let inquiry = names.inquiry {
            self = .inquiry(inquiry)
        } else if let notice = names.notice {
            self = .notice(notice)
        } else if let appraisal = names.appraisal {
            self = .appraisal(appraisal)
        } else if let report = names.report {
            self = .report(report)
        } else if let call = names.call {
            self = .call(call)
        } else if let directReport = names.directReport {
            self = .directReport(directReport)
        } else if let request = names.request {
            self = .form(request)
        } else if let household = names.household {
            self = .household(household)
        } else if let list = names.list {
            self = .list(list)
        } else if let building = names.building {
            self = .registry(building)
        } else {
            return nil
        }
    }

    private struct Names: Sendable {
        let matter: MatterID?
        let directive: DirectiveID?
        let incident: IncidentID?
        let measure: MeasureID?
        let inquiry: InquiryID?
        let notice: NoticeID?
        let appraisal: AppraisalID?
        let report: ReportID?
        let call: CallID?
        let directReport: DirectReportID?
        let request: DataRequestID?
        let household: HouseholdID?
        let list: String?
        let building: TerritoryID?

        static let record = Record<Names>(
            refusesUnknownMembers: false,
            Field("matter", \.matter, Codec<MatterID>.identifier().optional, Words("Matter", zh: "事项")),
            Field("directive", \.directive, Codec<DirectiveID>.identifier().optional, Words("Directive", zh: "指令")),
            Field("incident", \.incident, Codec<IncidentID>.identifier().optional, Words("Incident", zh: "事件")),
            Field("measure", \.measure, Codec<MeasureID>.identifier().optional, Words("Measure", zh: "措施")),
            Field("inquiry", \.inquiry, Codec<InquiryID>.identifier().optional, Words("Inquiry", zh: "线索")),
            Field("notice", \.notice, Codec<NoticeID>.identifier().optional, Words("Notice", zh: "公告")),
            Field("appraisal", \.appraisal, Codec<AppraisalID>.identifier().optional, Words("Appraisal", zh: "考核")),
            Field("report", \.report, Codec<ReportID>.identifier().optional, Words("Report", zh: "报告")),
            Field("call", \.call, Codec<CallID>.identifier().optional, Words("Call", zh: "来电")),
            Field(
                "directReport",
                \.directReport,
                Codec<DirectReportID>.identifier().optional,
                Words("Direct report", zh: "直报")
            ),
            Field("request", \.request, Codec<DataRequestID>.identifier().optional, Words("Request", zh: "数据请求")),
            Field("household", \.household, Codec<HouseholdID>.identifier().optional, Words("Household", zh: "住户")),
            Field("list", \.list, Codec<String>.line(64).optional, Words("List", zh: "清单")),
            Field("building", \.building, Codec<TerritoryID>.identifier().optional, Words("Building", zh: "楼栋")),
            make: Names.init
        )
    }
}
