package import EventSourcing
package import Records

/// What a territory's system reads about figures that somebody above asks for, and that nobody has told yet; and what both
/// sides read when the time for them has passed.
package struct FormDelivery: Hashable, Sendable {
    package let request: DataRequestID
    package let kind: TaskDeliveryKind
    package let territory: TerritoryID
    package let day: CaseDay
    /// What is still to be told (R5.1).
    package let items: [DataItemID]
    package let due: Timestamp

    package init(
        request: DataRequestID,
        kind: TaskDeliveryKind,
        territory: TerritoryID,
        day: CaseDay,
        items: [DataItemID],
        due: Timestamp
    ) {
        self.request = request
        self.kind = kind
        self.territory = territory
        self.day = day
        self.items = items
        self.due = due
    }

    package static let record = Record<FormDelivery>(
        refusesUnknownMembers: false,
        Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
        Field("kind", \.kind, .choice(among: [.form, .formOverdue]), Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("day", \.day, .caseDay, Words("Day", zh: "日期")),
        Field("items", \.items, .list(of: .identifier(), count: 1...50, isSet: true), Words("Items", zh: "数据项")),
        Field("due", \.due, .timestamp, Words("Due", zh: "期限")),
        make: FormDelivery.init
    )
}
