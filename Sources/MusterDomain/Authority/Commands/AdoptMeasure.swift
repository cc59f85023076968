package import EventSourcing
import Records

/// Carries a measure out in a territory, exactly as it was issued. A property company may do this and no more (R1.1).
package struct AdoptMeasure: Command, Hashable {
    package let measure: MeasureID
    package let party: PartyID
    package let territory: TerritoryID
    /// Nil begins with the measure.
    package let from: Timestamp?
    /// Nil ends with the measure.
    package let to: Timestamp?
    /// Nil, or the figure of the measure: any other is no adoption.
    package let figure: Int?

    package init(
        measure: MeasureID,
        party: PartyID,
        territory: TerritoryID,
        from: Timestamp? = nil,
        to: Timestamp? = nil,
        figure: Int? = nil
    ) {
        self.measure = measure
        self.party = party
        self.territory = territory
        self.from = from
        self.to = to
        self.figure = figure
    }

    package static let description = CommandDescription<AdoptMeasure>(
        "AdoptMeasure",
        of: .authority,
        Words("Adopt a measure", zh: "采用措施"),
        by: [.streetCoordinator, .communityHead, .departmentOfficer, .propertyManager, .ngoCoordinator],
        Record<AdoptMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("from", \.from, Codec<Timestamp>.timestamp.optional, Words("From", zh: "开始")),
            Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
            Field(
                "figure",
                \.figure,
                Codec<Int>.integer(MeasureKind.anyFigure).optional,
                Words("Figure", zh: "数值"),
                help: MeasureKind.figureHelp
            ),
            make: AdoptMeasure.init
        )
    )

    package var stream: StreamName { MeasureAdoption.stream(of: measure, by: party) }

    package func decide(
        _ adoption: MeasureAdoption,
        in context: Context
    ) throws(Rejection) -> [MeasureAdoption.Event] {
        try context.requireActsFor(party)
        let adopted = try context.requireStanding(measure)
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        let isProperty = context.isPropertyActor
        let rule = isProperty ? "R1.1" : "R1.2"
        guard context.territories.contains(adopted.territory, territory) else {
            let reason = isProperty ? "property-widens" : "wider-than-parent"
            throw .widerThan(adopted, territory, rule: rule, reason: reason)
        }
        let from = from ?? adopted.from
        let to = to ?? adopted.to
        guard adopted.from <= from, to <= adopted.to else {
            throw .longerThan(adopted, rule: rule, reason: isProperty ? "property-extends" : "longer-than-parent")
        }
        guard to > from else { throw .endBeforeStart(rule: "R1.3") }
        if let figure, figure != adopted.figure { throw otherFigure(figure, adopted, isProperty) }
        guard !adoption.isCarriedOut(in: territory, from, to) else {
            throw Rejection(
                rule: "S1",
                reason: "adopted-already",
                Words(
                    "\(party) has adopted \(measure) in \(territory) for that time.",
                    zh: "\(party) 已在 \(territory) 于该时段采用 \(measure)。"
                )
            )
        }
        return [
            .measureAdopted(
                MeasureAdopted(measure: measure, party: party, territory: territory, from: from, to: to)
            )
        ]
    }

    private func otherFigure(_ figure: Int, _ adopted: Measure, _ isProperty: Bool) -> Rejection {
        let own = adopted.kind.words(for: figure)
        let words = Words(
            "\(measure) of \(adopted.issuer.party) says \(adopted.words.en), not \(own.en).",
            zh: "\(adopted.issuer.party) 的 \(measure) 规定为：\(adopted.words.zh)，不是：\(own.zh)。"
        )
        guard isProperty else {
            return Rejection(
                rule: "R1.2",
                reason: "not-as-issued",
                words,
                advice: Words("Propose a local measure under it.", zh: "请在其下提出地方措施。")
            )
        }
        let isTighter = adopted.figure.map { adopted.kind.isStricter(figure, than: $0) } ?? true
        return Rejection(
            kind: .forbidden,
            rule: "R1.1",
            reason: isTighter ? "property-tightens" : "property-alters",
            words,
            advice: Words("Carry it out as it is, or ask the community.", zh: "请照原样执行，或向社区提出。")
        )
    }
}
