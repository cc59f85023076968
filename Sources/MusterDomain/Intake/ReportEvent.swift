import EventSourcing
import Records

/// What happened to a report.
package enum ReportEvent: DomainEvent {
    case submitted(ReportSubmitted)
    case triaged(ReportTriaged)

    package static let table = EventTable<ReportEvent>([
        EventDescription(
            "ReportSubmitted",
            subject: .member("reporter"),
            Words("Report submitted", zh: "报告已提交"),
            ReportSubmitted.record,
            ReportEvent.submitted
        ) {
            if case .submitted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportTriaged",
            Words("Report triaged", zh: "报告已分拣"),
            ReportTriaged.record,
            ReportEvent.triaged
        ) {
            if case .triaged(let payload) = $0 { payload } else { nil }
        },
    ])
}
