package import EventSourcing
package import Records

/// The time passed in which somebody was to deal with a report.
package struct ReportOverdue: Hashable, Sendable {
    package let report: ReportID
    package let territory: TerritoryID
    package let dueBy: Timestamp
    package let limit: Duration

    package init(report: ReportID, territory: TerritoryID, dueBy: Timestamp, limit: Duration) {
        self.report = report
        self.territory = territory
        self.dueBy = dueBy
        self.limit = limit
    }

    package static let record = Record<ReportOverdue>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: ReportOverdue.init
    )
}
