package import Records

/// What the system of a level reads about a direct report (R5.2). What it says may be about a person, so that it is read where
/// it is kept.
package struct DirectReportDelivery: Hashable, Sendable {
    package let directReport: DirectReportID
    package let kind: TaskDeliveryKind
    /// Where it comes from.
    package let territory: TerritoryID
    /// For which level its party gets it; whoever acknowledges it acts for this territory.
    package let level: TerritoryID
    /// Its party stands between those that it is for.
    package let isCopy: Bool
    /// Of the figures that come with it; nil without any.
    package let day: CaseDay?
    /// An earlier one that it puts right (R0.4).
    package let corrects: DirectReportID?

    package init(
        directReport: DirectReportID,
        kind: TaskDeliveryKind,
        territory: TerritoryID,
        level: TerritoryID,
        isCopy: Bool,
        day: CaseDay? = nil,
        corrects: DirectReportID? = nil
    ) {
        self.directReport = directReport
        self.kind = kind
        self.territory = territory
        self.level = level
        self.isCopy = isCopy
        self.day = day
        self.corrects = corrects
    }

    package static let record = Record<DirectReportDelivery>(
        refusesUnknownMembers: false,
        Field("directReport", \.directReport, .identifier(), Words("Direct report", zh: "直报")),
        Field("kind", \.kind, .choice(among: [.directReport]), Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("level", \.level, .identifier(), Words("Told", zh: "接收单位")),
        Field("isCopy", \.isCopy, .boolean, Words("As a copy", zh: "抄送件")),
        Field("day", \.day, Codec<CaseDay>.caseDay.optional, Words("Day of the figures", zh: "数据日期")),
        Field("corrects", \.corrects, Codec<DirectReportID>.identifier().optional, Words("Corrects", zh: "更正")),
        make: DirectReportDelivery.init
    )
}
