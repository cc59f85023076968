package import EventSourcing
package import Records

/// A territory lies below another one from now on, as after a re-division.
package struct TerritoryMoved: Hashable, Sendable {
    package let territory: TerritoryID
    package let parent: TerritoryID
    /// Nil when it keeps the old one.
    package let code: String?
    package let from: Timestamp
    package let reason: String

    package init(
        territory: TerritoryID,
        parent: TerritoryID,
        code: String? = nil,
        from: Timestamp,
        reason: String
    ) {
        self.territory = territory
        self.parent = parent
        self.code = code
        self.from = from
        self.reason = reason
    }

    package static let record = Record<TerritoryMoved>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("parent", \.parent, .identifier(), Words("New parent", zh: "新上级区域")),
        Field("code", \.code, Codec<String>.line(12).optional, Words("New statistical code", zh: "新统计代码")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("reason", \.reason, .prose(1_000), Words("Reason", zh: "原因")),
        make: TerritoryMoved.init
    )
}
