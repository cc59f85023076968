package import Records

/// A lower level is, or wants to be, stricter than the measure above allows (层层加码).
package struct EscalationOfMeasureDetected: Hashable, Sendable {
    package let measure: MeasureID
    package let parent: MeasureID
    package let party: PartyID
    package let kind: MeasureKind
    package let territory: TerritoryID
    package let figure: Int
    package let strictest: Int

    package init(
        measure: MeasureID,
        parent: MeasureID,
        party: PartyID,
        kind: MeasureKind,
        territory: TerritoryID,
        figure: Int,
        strictest: Int
    ) {
        self.measure = measure
        self.parent = parent
        self.party = party
        self.kind = kind
        self.territory = territory
        self.figure = figure
        self.strictest = strictest
    }

    package static let record = Record<EscalationOfMeasureDetected>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("parent", \.parent, .identifier(), Words("Measure above", zh: "上级措施")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("figure", \.figure, .integer(MeasureKind.anyFigure), Words("Figure", zh: "数值")),
        Field(
            "strictest",
            \.strictest,
            .integer(MeasureKind.anyFigure),
            Words("Strictest allowed", zh: "允许的最严数值")
        ),
        make: EscalationOfMeasureDetected.init
    )
}
