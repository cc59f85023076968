import EventSourcing
import Records

/// What happened to figures and to those who want them.
package enum DataEvent: DomainEvent {
    case requested(DataRequested)
    case satisfied(DataRequestSatisfied)
    case refused(DataRequestRefused)
    case recorded(FiguresRecorded)
    case overdue(DataRequestOverdue)

    package static let table = EventTable<DataEvent>([
        EventDescription(
            "DataRequested",
            Words("Figures requested", zh: "数据已请求"),
            DataRequested.record,
            DataEvent.requested
        ) {
            if case .requested(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DataRequestSatisfied",
            Words("Request for figures answered", zh: "数据请求已满足"),
            DataRequestSatisfied.record,
            DataEvent.satisfied
        ) {
            if case .satisfied(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DataRequestRefused",
            Words("Request for figures refused", zh: "数据请求重复"),
            DataRequestRefused.record,
            DataEvent.refused
        ) {
            if case .refused(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FiguresRecorded",
            Words("Figures recorded", zh: "数据已登记"),
            FiguresRecorded.record,
            DataEvent.recorded
        ) {
            if case .recorded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DataRequestOverdue",
            Words("Request for figures overdue", zh: "数据请求逾期"),
            DataRequestOverdue.record,
            DataEvent.overdue
        ) {
            if case .overdue(let payload) = $0 { payload } else { nil }
        },
    ])
}
