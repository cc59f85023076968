package import EventSourcing
package import Records

/// Somebody above wants figures.
package struct DataRequested: Hashable, Sendable {
    package let request: DataRequestID
    package let territory: TerritoryID
    package let day: CaseDay
    package let items: [DataItemID]
    package let text: String?
    package let replyBy: Timestamp
    package let limit: Duration

    package init(
        request: DataRequestID,
        territory: TerritoryID,
        day: CaseDay,
        items: [DataItemID],
        text: String? = nil,
        replyBy: Timestamp,
        limit: Duration
    ) {
        self.request = request
        self.territory = territory
        self.day = day
        self.items = items
        self.text = text
        self.replyBy = replyBy
        self.limit = limit
    }

    package static let record = Record<DataRequested>(
        refusesUnknownMembers: false,
        Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
        Field("items", \.items, .list(of: .identifier(), count: 1...50, isSet: true), Words("Items", zh: "数据项")),
        Field("text", \.text, Codec<String>.prose().optional, Words("What for", zh: "用途")),
        Field("replyBy", \.replyBy, .timestamp, Words("Reply by", zh: "回复期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: DataRequested.init
    )
}
