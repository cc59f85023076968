package import Records

/// Figures of a territory and day, typed once (R5.1).
package struct FiguresRecorded: Hashable, Sendable {
    package let territory: TerritoryID
    package let day: CaseDay
    package let figures: [DataFigure]
    /// Those that were known otherwise before; nil when none was.
    package let corrects: [DataItemID]?

    package init(
        territory: TerritoryID,
        day: CaseDay,
        figures: [DataFigure],
        corrects: [DataItemID]? = nil
    ) {
        self.territory = territory
        self.day = day
        self.figures = figures
        self.corrects = corrects
    }

    package static let record = Record<FiguresRecorded>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
        Field("figures", \.figures, .list(of: DataFigure.record.codec, count: 1...50), Words("Figures", zh: "数据")),
        Field(
            "corrects",
            \.corrects,
            Codec<[DataItemID]>.list(of: .identifier(), count: 1...50, isSet: true).optional,
            Words("Corrects", zh: "更正项")
        ),
        make: FiguresRecorded.init
    )
}
