package import EventSourcing
package import Records

/// A lower level wants a measure of its own inside one from above. Without somebody to ask it is in force by itself.
package struct LocalMeasureProposed: Hashable, Sendable {
    package let measure: MeasureID
    package let parent: MeasureID
    package let kind: MeasureKind
    package let territory: TerritoryID
    package let legalBasis: String
    package let from: Timestamp
    package let to: Timestamp
    package let figure: Int?
    package let reason: String
    /// The parent's issuer; nil when the parent allows it as it is.
    package let approver: PartyID?
    /// When it lapses; nil when nobody is asked.
    package let approveBy: Timestamp?
    package let limit: Duration?

    package init(
        measure: MeasureID,
        parent: MeasureID,
        kind: MeasureKind,
        territory: TerritoryID,
        legalBasis: String,
        from: Timestamp,
        to: Timestamp,
        figure: Int? = nil,
        reason: String,
        approver: PartyID? = nil,
        approveBy: Timestamp? = nil,
        limit: Duration? = nil
    ) {
        self.measure = measure
        self.parent = parent
        self.kind = kind
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
        self.figure = figure
        self.reason = reason
        self.approver = approver
        self.approveBy = approveBy
        self.limit = limit
    }

    package static let record = Record<LocalMeasureProposed>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("parent", \.parent, .identifier(), Words("Measure above", zh: "上级措施")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("legalBasis", \.legalBasis, .line(300), Words("Legal basis", zh: "法律依据")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("Until", zh: "结束")),
        Field(
            "figure",
            \.figure,
            Codec<Int>.integer(MeasureKind.anyFigure).optional,
            Words("Figure", zh: "数值")
        ),
        Field("reason", \.reason, .line(500), Words("Reason", zh: "理由")),
        Field(
            "approver",
            \.approver,
            Codec<PartyID>.identifier().optional,
            Words("Asked for approval", zh: "审批单位")
        ),
        Field(
            "approveBy",
            \.approveBy,
            Codec<Timestamp>.timestamp.optional,
            Words("Approve until", zh: "审批期限")
        ),
        Field(
            "limitSeconds",
            \.limit,
            Codec<Duration>.seconds.optional,
            Words("Limit in seconds", zh: "时限（秒）")
        ),
        make: LocalMeasureProposed.init
    )
}
