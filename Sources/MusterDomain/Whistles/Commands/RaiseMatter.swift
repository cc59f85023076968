package import EventSourcing
import Records

/// Makes something a matter to be dealt with.
package struct RaiseMatter: Command, Hashable {
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

    package static let description = CommandDescription<RaiseMatter>(
        "RaiseMatter",
        of: .whistles,
        Words("Raise a matter", zh: "提出事项"),
        by: [.gridWorker, .hotlineClerk, .communityHead, .streetCoordinator, .system],
        Record<RaiseMatter>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("report", \.report, Codec<ReportID>.identifier().optional, Words("Report", zh: "报告")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("place", \.place, .line(), Words("Place", zh: "地点")),
            Field("title", \.title, .line(), Words("Title", zh: "标题")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
            Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
            make: RaiseMatter.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        guard subject.stage == .unraised else {
            throw Rejection(
                rule: "S3",
                reason: "matter-exists",
                Words("Matter \(matter) was raised already.", zh: "事项 \(matter) 已提出。")
            )
        }
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        return [
            .raised(
                MatterRaised(
                    matter: matter,
                    report: report,
                    kind: kind,
                    territory: territory,
                    place: place,
                    title: title,
                    text: text,
                    reporter: reporter,
                    urgency: urgency
                )
            )
        ]
    }
}
