import EventSourcing
import MusterDomain
import Records

/// What people call the kinds of events of Muster's own.
enum EventWords {
    static let byName: [String: Words] = {
        var words: [String: Words] = [:]
        func add<Event>(_ table: EventTable<Event>) {
            for description in table.descriptions { words[description.type.name] = description.words }
        }
        add(AuthorityEvent.table)
        add(TerritoryEvent.table)
        add(GridWorkerEvent.table)
        add(HouseholdEvent.table)
        add(ReportEvent.table)
        add(MatterEvent.table)
        add(InquiryEvent.table)
        add(NoticeEvent.table)
        add(AppraisalEvent.table)
        add(PrivacyEvent.table)
        add(DirectiveEvent.table)
        add(AddressedDirectiveEvent.table)
        add(IncidentEvent.table)
        add(PlaybookEvent.table)
        add(DataEvent.table)
        add(DirectReportEvent.table)
        add(DeskEvent.table)
        return words
    }()

    /// What the streams of a category are called, in the plural.
    static func cases(of category: String) -> Words {
        switch category {
        case "matter": Words("matters", zh: "事项")
        case "incident": Words("incidents", zh: "事件")
        case "directive": Words("directives", zh: "指令")
        case "addressed": Words("addressed directives", zh: "收文")
        case "report": Words("reports", zh: "诉求")
        case "inquiry": Words("inquiries", zh: "核查")
        case "notice": Words("notices", zh: "通告")
        default: Words("cases of \(category)", zh: "\(category) 案件")
        }
    }
}
