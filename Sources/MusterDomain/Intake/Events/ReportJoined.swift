package import Records

/// A report goes along with another one of the same thing; whoever brought it stays a party (R5.3).
package struct ReportJoined: Hashable, Sendable {
    package let report: ReportID
    package let into: ReportID
    package let reporter: PersonID?

    package init(
        report: ReportID,
        into: ReportID,
        reporter: PersonID? = nil
    ) {
        self.report = report
        self.into = into
        self.reporter = reporter
    }

    package static let record = Record<ReportJoined>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("into", \.into, .identifier(), Words("Goes along with", zh: "并入")),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        make: ReportJoined.init
    )
}
