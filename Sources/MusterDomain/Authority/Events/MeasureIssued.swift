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

    package init(
        measure: MeasureID,
        kind: MeasureKind,
        territory: TerritoryID,
        legalBasis: String,
        from: Timestamp,
        to: Timestamp
    ) {
        self.measure = measure
        self.kind = kind
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
    }

    package static let record = Record<MeasureIssued>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("legalBasis", \.legalBasis, .line(300), Words("Legal basis", zh: "法律依据")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("Until", zh: "结束")),
        make: MeasureIssued.init
    )
}
