package import EventSourcing
package import Records

/// A territory is no more; what happened in it stays with it.
package struct TerritoryRetired: Hashable, Sendable {
    package let territory: TerritoryID
    package let successors: [TerritoryID]
    package let from: Timestamp
    package let reason: String

    package init(
        territory: TerritoryID,
        successors: [TerritoryID],
        from: Timestamp,
        reason: String
    ) {
        self.territory = territory
        self.successors = successors
        self.from = from
        self.reason = reason
    }

    package static let record = Record<TerritoryRetired>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field(
            "successors",
            \.successors,
            .list(of: .identifier(), count: 0...100, isSet: true),
            Words("What takes its place", zh: "承接区域")
        ),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("reason", \.reason, .prose(1_000), Words("Reason", zh: "原因")),
        make: TerritoryRetired.init
    )
}
