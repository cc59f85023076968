package import Records

/// A level has a direct report.
package struct DirectReportReceived: Hashable, Sendable {
    package let directReport: DirectReportID
    package let territory: TerritoryID
    package let level: TerritoryLevel
    package let isCopy: Bool

    package init(
        directReport: DirectReportID,
        territory: TerritoryID,
        level: TerritoryLevel,
        isCopy: Bool
    ) {
        self.directReport = directReport
        self.territory = territory
        self.level = level
        self.isCopy = isCopy
    }

    package static let record = Record<DirectReportReceived>(
        refusesUnknownMembers: false,
        Field("directReport", \.directReport, .identifier(), Words("Direct report", zh: "直报")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("level", \.level, .choice, Words("Level", zh: "层级")),
        Field("isCopy", \.isCopy, .boolean, Words("As a copy", zh: "抄送件")),
        make: DirectReportReceived.init
    )
}
