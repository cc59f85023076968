package import Records

/// Reports of the same thing are dealt with as one (R5.3).
package struct ReportsMerged: Hashable, Sendable {
    package let report: ReportID
    package let duplicates: [ReportID]

    package init(
        report: ReportID,
        duplicates: [ReportID]
    ) {
        self.report = report
        self.duplicates = duplicates
    }

    package static let record = Record<ReportsMerged>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field(
            "duplicates",
            \.duplicates,
            .list(of: .identifier(), count: 1...50, isSet: true),
            Words("Reports of the same", zh: "相同报告")
        ),
        make: ReportsMerged.init
    )
}
