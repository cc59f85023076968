package import EventSourcing
package import Records

/// A measure holds in a territory for a time.
package struct MeasureIssued: Hashable, Sendable {
    package let measure: MeasureID
    package let kind: MeasureKind
    package let territory: TerritoryID
    package let legalBasis: String
    package let from: Timestamp
    package let to: Timestamp
    /// How strict it is, as its kind counts; nil where nobody said so.
    package let figure: Int?
    /// The mildest and the strictest that lower levels may choose; nil allows them no other than the figure.
    package let mildest: Int?
    package let strictest: Int?
    /// The case because of which it was issued, and with which it ends when that is ruled out (R6.6).
    package let incident: IncidentID?

    package init(
        measure: MeasureID,
        kind: MeasureKind,
        territory: TerritoryID,
        legalBasis: String,
        from: Timestamp,
        to: Timestamp,
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

    package static let record = Record<MeasureIssued>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("legalBasis", \.legalBasis, .line(300), Words("Legal basis", zh: "法律依据")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("Until", zh: "结束")),
        Field("figure", \.figure, Codec<Int>.integer(MeasureKind.anyFigure).optional, Words("Figure", zh: "数值")),
        Field("mildest", \.mildest, Codec<Int>.integer(MeasureKind.anyFigure).optional, Words("Mildest", zh: "最宽")),
        Field(
            "strictest",
            \.strictest,
            Codec<Int>.integer(MeasureKind.anyFigure).optional,
            Words("Strictest", zh: "最严")
        ),
        Field(
            "incident",
            \.incident,
            Codec<IncidentID>.identifier().optional,
            Words("Because of incident", zh: "起因事件")
        ),
        make: MeasureIssued.init
    )
}
