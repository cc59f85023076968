package import Records

/// Something must be dealt with.
package struct MatterRaised: Hashable, Sendable {
    package let matter: MatterID
    package let report: ReportID?
    package let kind: ReportKind
    package let territory: TerritoryID
    package let place: String
    package let title: String
    package let text: String
    package let reporter: PersonID?
    package let urgency: Urgency

    package init(
        matter: MatterID,
        report: ReportID? = nil,
        kind: ReportKind,
        territory: TerritoryID,
        place: String,
        title: String,
        text: String,
        reporter: PersonID? = nil,
        urgency: Urgency
    ) {
        self.matter = matter
        self.report = report
        self.kind = kind
        self.territory = territory
        self.place = place
        self.title = title
        self.text = text
        self.reporter = reporter
        self.urgency = urgency
    }

    package static let record = Record<MatterRaised>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("report", \.report, Codec<ReportID>.identifier().optional, Words("Report", zh: "报告")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("place", \.place, .line(), Words("Place", zh: "地点"), isPersonal: true),
        Field("title", \.title, .line(), Words("Title", zh: "标题"), isPersonal: true),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
        make: MatterRaised.init
    )
}
