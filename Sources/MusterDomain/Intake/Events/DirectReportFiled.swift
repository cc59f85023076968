package import Records

/// Told all levels at once, as it was written (R5.2).
package struct DirectReportFiled: Hashable, Sendable {
    package let directReport: DirectReportID
    package let territory: TerritoryID
    package let level: TerritoryLevel
    /// From the nearest to the highest.
    package let to: [TerritoryID]
    /// Those in between that are not told by themselves; nil without any.
    package let copies: [TerritoryID]?
    package let text: String
    package let person: PersonID?
    package let day: CaseDay?
    package let figures: [DataFigure]?
    package let corrects: DirectReportID?

    package init(
        directReport: DirectReportID,
        territory: TerritoryID,
        level: TerritoryLevel,
        to: [TerritoryID],
        copies: [TerritoryID]? = nil,
        text: String,
        person: PersonID? = nil,
        day: CaseDay? = nil,
        figures: [DataFigure]? = nil,
        corrects: DirectReportID? = nil
    ) {
        self.directReport = directReport
        self.territory = territory
        self.level = level
        self.to = to
        self.copies = copies
        self.text = text
        self.person = person
        self.day = day
        self.figures = figures
        self.corrects = corrects
    }

    package static let record = Record<DirectReportFiled>(
        refusesUnknownMembers: false,
        Field("directReport", \.directReport, .identifier(), Words("Direct report", zh: "直报")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("level", \.level, .choice, Words("Up to", zh: "直报至")),
        Field("to", \.to, .list(of: .identifier(), count: 1...10, isSet: true), Words("Told", zh: "接收单位")),
        Field(
            "copies",
            \.copies,
            Codec<[TerritoryID]>.list(of: .identifier(), count: 1...10, isSet: true).optional,
            Words("Copied", zh: "抄送")
        ),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
        Field("day", \.day, Codec<CaseDay>.caseDay.optional, Words("Day of the figures", zh: "数据日期")),
        Field(
            "figures",
            \.figures,
            Codec<[DataFigure]>.list(of: DataFigure.record.codec, count: 1...50).optional,
            Words("Figures", zh: "数据")
        ),
        Field("corrects", \.corrects, Codec<DirectReportID>.identifier().optional, Words("Corrects", zh: "更正")),
        make: DirectReportFiled.init
    )
}
