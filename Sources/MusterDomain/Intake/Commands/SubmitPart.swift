package import EventSourcing
import Records

/// Takes in a part of a report that was split, in the name of whoever brought the whole.
package struct SubmitPart: Command, Hashable {
    package let report: ReportID
    package let from: ReportID
    package let channel: ReportChannel
    package let kind: ReportKind
    package let territory: TerritoryID
    package let place: String
    package let text: String
    package let reporter: PersonID?

    package init(
        report: ReportID,
        from: ReportID,
        channel: ReportChannel,
        kind: ReportKind,
        territory: TerritoryID,
        place: String,
        text: String,
        reporter: PersonID? = nil
    ) {
        self.report = report
        self.from = from
        self.channel = channel
        self.kind = kind
        self.territory = territory
        self.place = place
        self.text = text
        self.reporter = reporter
    }

    package static let description = CommandDescription<SubmitPart>(
        "SubmitPart",
        of: .intake,
        Words("Take in a part of a report", zh: "登记拆分报告"),
        by: [.system],
        Record<SubmitPart>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("from", \.from, .identifier(), Words("Part of", zh: "拆自")),
            Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("place", \.place, .line(), Words("Place", zh: "地点")),
            Field("text", \.text, .prose(), Words("What happened", zh: "发生了什么")),
            Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
            make: SubmitPart.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        try subject.requireNew(report)
        try context.requireTerritory(territory)
        let isUrgent = SafetyWords.occur(in: text)
        let limit = context.limits.intake.answer(isUrgent: isUrgent || kind.isEmergency)
        return [
            .submitted(
                ReportSubmitted(
                    report: report,
                    channel: channel,
                    kind: kind,
                    territory: territory,
                    place: place,
                    text: text,
                    reporter: reporter,
                    isUrgent: isUrgent,
                    answerBy: context.now + limit,
                    limit: limit,
                    splitFrom: from
                )
            )
        ]
    }
}
