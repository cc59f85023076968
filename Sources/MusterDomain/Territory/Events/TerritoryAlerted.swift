package import EventSourcing
package import Records

/// An incident is active on a ground.
package struct TerritoryAlerted: Hashable, Sendable {
    package let incident: IncidentID
    package let territory: TerritoryID
    package let checkBy: Timestamp
    package let limit: Duration

    package init(
        incident: IncidentID,
        territory: TerritoryID,
        checkBy: Timestamp,
        limit: Duration
    ) {
        self.incident = incident
        self.territory = territory
        self.checkBy = checkBy
        self.limit = limit
    }

    package static let record = Record<TerritoryAlerted>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("checkBy", \.checkBy, .timestamp, Words("Check the vulnerable by", zh: "重点人员巡查期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: TerritoryAlerted.init
    )
}
