package import Records

/// One of several things that a report spoke of.
package struct SplitPart: Hashable, Sendable {
    /// The report that it becomes.
    package let report: ReportID
    package let kind: ReportKind
    /// Nil for where the whole report was.
    package let territory: TerritoryID?
    package let place: String
    package let text: String

    package init(report: ReportID, kind: ReportKind, territory: TerritoryID? = nil, place: String, text: String) {
        self.report = report
        self.kind = kind
        self.territory = territory
        self.place = place
        self.text = text
    }

    package static let record = Record<SplitPart>(
        Field("report", \.report, .identifier(), Words("New report", zh: "新报告")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field(
            "territory",
            \.territory,
            Codec<TerritoryID>.identifier().optional,
            Words("Territory", zh: "区域"),
            help: Words("None for that of the whole report", zh: "不填即为原报告所在区域")
        ),
        Field("place", \.place, .line(), Words("Place", zh: "地点")),
        Field("text", \.text, .prose(), Words("What happened", zh: "发生了什么")),
        make: SplitPart.init
    )
}
