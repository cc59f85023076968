package import EventSourcing
import Records

/// Lets a report go along with another one. It stays by itself when it is dealt with already, or when others go along with
/// it: so none ever ends in a circle.
package struct JoinReport: Command, Hashable {
    package let report: ReportID
    package let into: ReportID
    package let scope: TerritoryID

    package init(
        report: ReportID,
        into: ReportID,
        scope: TerritoryID
    ) {
        self.report = report
        self.into = into
        self.scope = scope
    }

    package static let description = CommandDescription<JoinReport>(
        "JoinReport",
        of: .intake,
        Words("Join a report to another", zh: "并入另一报告"),
        by: [.system],
        Record<JoinReport>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("into", \.into, .identifier(), Words("Goes along with", zh: "并入")),
            Field("scope", \.scope, .identifier(), Words("Territory of who merged them", zh: "合并人所辖区域")),
            make: JoinReport.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        let territory = try subject.requireMayJoin(into, report, in: context)
        guard context.territories.contains(scope, territory) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S1",
                reason: "outside-territory",
                Words("\(report) lies outside \(scope).", zh: "\(report) 不在 \(scope) 内。")
            )
        }
        return [.joined(ReportJoined(report: report, into: into, reporter: subject.reporter))]
    }
}
