package import EventSourcing
import Records

/// Judges how urgent a report is and whose duty it concerns.
package struct TriageReport: Command, Hashable {
    package let report: ReportID
    package let urgency: Urgency
    package let duty: DutyID

    package init(
        report: ReportID,
        urgency: Urgency,
        duty: DutyID
    ) {
        self.report = report
        self.urgency = urgency
        self.duty = duty
    }

    package static let description = CommandDescription<TriageReport>(
        "TriageReport",
        of: .intake,
        Words("Triage a report", zh: "分拣报告"),
        by: [.hotlineClerk, .gridWorker, .communityHead, .streetCoordinator],
        Record<TriageReport>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
            Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
            make: TriageReport.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        _ = try subject.requireOpen(report, in: context)
        guard subject.stage == .submitted else {
            throw Rejection(
                rule: "S5",
                reason: "triaged-already",
                Words("Report \(report) is triaged or passed on already.", zh: "报告 \(report) 已分拣或转办。")
            )
        }
        return [.triaged(ReportTriaged(report: report, urgency: urgency, duty: duty))]
    }
}
