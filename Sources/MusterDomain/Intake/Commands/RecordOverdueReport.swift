package import EventSourcing
import Records

/// Records that nobody dealt with a report in its time.
package struct RecordOverdueReport: Command, Hashable {
    package let report: ReportID
    /// The limit, which names the clock. In a surge it is later than the report's own (R5.5).
    package let dueBy: Timestamp
    package let limit: Duration

    package init(report: ReportID, dueBy: Timestamp, limit: Duration) {
        self.report = report
        self.dueBy = dueBy
        self.limit = limit
    }

    package static let description = CommandDescription<RecordOverdueReport>(
        "RecordOverdueReport",
        of: .intake,
        Words("Record an overdue report", zh: "记录报告逾期"),
        by: [.system],
        under: "S5",
        Record<RecordOverdueReport>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
            Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
            make: RecordOverdueReport.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        guard let territory = subject.territory, subject.stage == .submitted, !subject.isOverdue,
            let answerBy = subject.answerBy, dueBy >= answerBy
        else { return [] }
        guard context.now >= dueBy else { throw .tooEarly(dueBy) }
        return [.overdue(ReportOverdue(report: report, territory: territory, dueBy: dueBy, limit: limit))]
    }
}
