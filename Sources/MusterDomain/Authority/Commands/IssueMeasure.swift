package import EventSourcing
import Records

/// Sets a rule for everybody in a territory, for a time, and says how far lower levels may deviate from it (R1.2).
package struct IssueMeasure: Command, Hashable {
    package let measure: MeasureID
    package let kind: MeasureKind
    package let territory: TerritoryID
    /// Must be given (R1.3); optional here so that the refusal can name the rule.
    package let legalBasis: String?
    package let from: Timestamp
    /// Must be given (R1.3); optional here so that the refusal can name the rule.
    package let to: Timestamp?
    /// How strict it is, as its kind counts.
    package let figure: Int?
    /// Nil allows lower levels nothing milder than the figure.
    package let mildest: Int?
    /// Nil allows lower levels nothing stricter than the figure.
    package let strictest: Int?
    /// The case because of which it is issued: when that is ruled out, the measure ends (R6.6). Nil for any other.
    package let incident: IncidentID?

    package init(
        measure: MeasureID,
        kind: MeasureKind,
        territory: TerritoryID,
        legalBasis: String? = nil,
        from: Timestamp,
        to: Timestamp? = nil,
        figure: Int? = nil,
        mildest: Int? = nil,
        strictest: Int? = nil,
        incident: IncidentID? = nil
    ) {
        self.measure = measure
        self.kind = kind
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
        self.figure = figure
        self.mildest = mildest
        self.strictest = strictest
        self.incident = incident
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
            Field(
                "legalBasis",
                \.legalBasis,
                Codec<String>.line(300).optional,
                Words("Legal basis", zh: "法律依据")
            ),
            Field("from", \.from, .timestamp, Words("From", zh: "开始")),
            Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
            Field(
                "figure",
                \.figure,
                Codec<Int>.integer(MeasureKind.anyFigure).optional,
                Words("Figure", zh: "数值"),
                help: MeasureKind.figureHelp
            ),
            Field(
                "mildest",
                \.mildest,
                Codec<Int>.integer(MeasureKind.anyFigure).optional,
                Words("Mildest that lower levels may choose", zh: "下级可选的最宽数值")
            ),
            Field(
                "strictest",
                \.strictest,
                Codec<Int>.integer(MeasureKind.anyFigure).optional,
                Words("Strictest that lower levels may choose", zh: "下级可选的最严数值")
            ),
            Field(
                "incident",
                \.incident,
                Codec<IncidentID>.identifier().optional,
                Words("Because of incident", zh: "起因事件"),
                help: Words("When its case is ruled out, the measure ends.", zh: "该事件被排除时，本措施随之终止。")
            ),
            make: IssueMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    /// More lower measures that turn out too strict are not told one by one; there are fewer communities in a city.
    private static let maximumEscalations = 500

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        try kind.require(figure: figure, mildest: mildest, strictest: strictest)
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try context.requireUnused(measure)
        let (legalBasis, to) = try context.requireBasisAndEnd(legalBasis, from, to)
        let running = authority.measures.running(kind).filter { $0.overlaps(from, to) }
        // Offices of the same rank are many, so ranks are compared before grounds.
        let above = running.first { other in
            other.issuer.role.isAbove(context.actor.role) && context.territories.overlap(other.territory, territory)
        }
        if let above { throw ruledAbove(by: above, context) }
        let issued = MeasureIssued(
            measure: measure,
            kind: kind,
            territory: territory,
            legalBasis: legalBasis,
            from: from,
            to: to,
            figure: figure,
            mildest: mildest,
            strictest: strictest,
            incident: incident
        )
        return [.measureIssued(issued)] + escalations(among: running, context)
    }

    /// A level above has ruled this already: whatever is added below rests on that measure, or does not exist (R1.2).
    private func ruledAbove(by above: Measure, _ context: Context) -> Rejection {
        let issuer = above.issuer.party
        guard context.territories.contains(above.territory, territory) else {
            return Rejection(
                rule: "R1.2",
                reason: "wider-than-parent",
                Words(
                    "\(above.id) of \(issuer) rules this for \(above.territory) alone; \(territory) would widen it.",
                    zh: "\(issuer) 的措施 \(above.id) 只适用于 \(above.territory)，不得扩大到 \(territory)。"
                ),
                advice: .ask(issuer)
            )
        }
        return Rejection(
            rule: "R1.2",
            reason: "ruled-above",
            Words(
                "\(above.id) of \(issuer) rules this for \(above.territory) until \(above.to): \(above.words.en).",
                zh: "\(issuer) 的措施 \(above.id) 在 \(above.to) 前已对 \(above.territory) 作出规定：\(above.words.zh)。"
            ),
            advice: Words(
                "Adopt it, or propose a local measure under it.",
                zh: "请采用该措施，或在其下提出地方措施。"
            )
        )
    }

    /// What lower levels issued before and is stricter than this now allows.
    private func escalations(among running: [Measure], _ context: Context) -> [Authority.Event] {
        guard let strictest = strictest ?? figure else { return [] }
        var escalations: [Authority.Event] = []
        for lower in running where context.actor.role.isAbove(lower.issuer.role) {
            guard let figure = lower.figure, kind.isStricter(figure, than: strictest),
                context.territories.contains(territory, lower.territory),
                escalations.count < Self.maximumEscalations
            else { continue }
            escalations.append(
                .escalationDetected(
                    EscalationOfMeasureDetected(
                        measure: lower.id,
                        parent: measure,
                        party: lower.issuer.party,
                        kind: kind,
                        territory: lower.territory,
                        figure: figure,
                        strictest: strictest
                    )
                )
            )
        }
        return escalations
    }
}
