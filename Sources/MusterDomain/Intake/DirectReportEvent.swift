import EventSourcing
import Records

/// What happened to a direct report.
package enum DirectReportEvent: DomainEvent {
    case filed(DirectReportFiled)
    case received(DirectReportReceived)

    package static let table = EventTable<DirectReportEvent>([
        EventDescription(
            "DirectReportFiled",
            subject: .member("person"),
            Words("Direct report filed", zh: "已直报"),
            DirectReportFiled.record,
            DirectReportEvent.filed
        ) {
            if case .filed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "DirectReportReceived",
            Words("Direct report received", zh: "直报已收到"),
            DirectReportReceived.record,
            DirectReportEvent.received
        ) {
            if case .received(let payload) = $0 { payload } else { nil }
        },
    ])
}
