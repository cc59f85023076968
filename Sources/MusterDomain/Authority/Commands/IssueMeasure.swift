package import EventSourcing
import Records

/// Sets a rule for everybody in a territory, for a time.
package struct IssueMeasure: Command, Hashable {
    package let measure: MeasureID
    package let kind: MeasureKind
    package let territory: TerritoryID
    package let legalBasis: String
    package let from: Timestamp
    /// Must be given (R1.3); optional here so that the refusal can name the rule.
    package let to: Timestamp?

    package init(
        measure: MeasureID,
        kind: MeasureKind,
        territory: TerritoryID,
        legalBasis: String,
        from: Timestamp,
        to: Timestamp? = nil
    ) {
        self.measure = measure
        self.kind = kind
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
    }

    package static let description = CommandDescription<IssueMeasure>(
        "IssueMeasure",
        of: .authority,
        Words("Issue a measure", zh: "发布措施"),
        by: [.districtCommand, .streetCoordinator, .communityHead],
        under: "R1.1",
        isOrder: true,
        Record<IssueMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("legalBasis", \.legalBasis, .line(300), Words("Legal basis", zh: "法律依据")),
            Field("from", \.from, .timestamp, Words("From", zh: "开始")),
            Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
            make: IssueMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        guard !authority.measures.contains(measure) else {
            throw Rejection(
                rule: "S1",
                reason: "measure-exists",
                Words("Measure \(measure) is issued already.", zh: "措施 \(measure) 已发布。")
            )
        }
        guard let to else {
            throw Rejection(
                rule: "R1.3",
                reason: "no-end",
                Words("A measure must have an end.", zh: "措施必须有结束时间。"),
                advice: Words("Give an end; it can be issued anew.", zh: "请填写结束时间，到期可重新发布。")
            )
        }
        guard to > from else { throw .endBeforeStart(rule: "R1.3") }
        return [
            .measureIssued(
                MeasureIssued(
                    measure: measure,
                    kind: kind,
                    territory: territory,
                    legalBasis: legalBasis,
                    from: from,
                    to: to
                )
            )
        ]
    }
}
