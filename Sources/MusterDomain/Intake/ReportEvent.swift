import EventSourcing
import Records

/// What happened to a report.
package enum ReportEvent: DomainEvent {
    case submitted(ReportSubmitted)
    case triaged(ReportTriaged)
    case merged(ReportsMerged)
    case joined(ReportJoined)
    case split(ReportSplit)
    case routed(ReportRouted)
    case answered(ReportAnswered)
    case overdue(ReportOverdue)

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
        EventDescription(
            "ReportsMerged",
            Words("Reports merged", zh: "报告已合并"),
            ReportsMerged.record,
            ReportEvent.merged
        ) {
            if case .merged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportJoined",
            Words("Report goes along with another", zh: "报告已并入"),
            ReportJoined.record,
            ReportEvent.joined
        ) {
            if case .joined(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportSplit",
            subject: .member("reporter"),
            Words("Report split", zh: "报告已拆分"),
            ReportSplit.record,
            ReportEvent.split
        ) {
            if case .split(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportRouted",
            Words("Report passed on", zh: "报告已转办"),
            ReportRouted.record,
            ReportEvent.routed
        ) {
            if case .routed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportAnswered",
            subject: .member("reporter"),
            Words("Report answered", zh: "报告已答复"),
            ReportAnswered.record,
            ReportEvent.answered
        ) {
            if case .answered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ReportOverdue",
            Words("Report overdue", zh: "报告逾期"),
            ReportOverdue.record,
            ReportEvent.overdue
        ) {
            if case .overdue(let payload) = $0 { payload } else { nil }
        },
    ])
}
