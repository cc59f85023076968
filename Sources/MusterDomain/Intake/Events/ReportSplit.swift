package import Records

/// A report spoke of several things: what is besides the first goes on as reports of their own.
package struct ReportSplit: Hashable, Sendable {
    package let report: ReportID
    package let parts: [ReportID]
    /// In the order of the parts. Nil once the reporter is erased.
    package let contents: [SplitPart]?
    package let channel: ReportChannel
    package let territory: TerritoryID
    package let reporter: PersonID?

    package init(
        report: ReportID,
        parts: [ReportID],
        contents: [SplitPart]? = nil,
        channel: ReportChannel,
        territory: TerritoryID,
        reporter: PersonID? = nil
    ) {
        self.report = report
        self.parts = parts
        self.contents = contents
        self.channel = channel
        self.territory = territory
        self.reporter = reporter
    }

    package static let record = Record<ReportSplit>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field(
            "parts",
            \.parts,
            .list(of: .identifier(), count: 1...10, isSet: true),
            Words("New reports", zh: "拆出的报告")
        ),
        Field(
            "contents",
            \.contents,
            Codec<[SplitPart]>.list(of: SplitPart.record.codec, count: 1...10).optional,
            Words("What they say", zh: "各部分内容"),
            isPersonal: true
        ),
        Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        make: ReportSplit.init
    )
}
