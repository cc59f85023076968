package import EventSourcing
package import Records

/// The time passed in which figures were to be told.
package struct DataRequestOverdue: Hashable, Sendable {
    package let request: DataRequestID
    package let territory: TerritoryID
    /// Who waits for them.
    package let asker: PartyID
    package let dueBy: Timestamp
    package let limit: Duration

    package init(request: DataRequestID, territory: TerritoryID, asker: PartyID, dueBy: Timestamp, limit: Duration) {
        self.request = request
        self.territory = territory
        self.asker = asker
        self.dueBy = dueBy
        self.limit = limit
    }

    package static let record = Record<DataRequestOverdue>(
        refusesUnknownMembers: false,
        Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("asker", \.asker, .identifier(), Words("Asked by", zh: "索取单位")),
        Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: DataRequestOverdue.init
    )
}
