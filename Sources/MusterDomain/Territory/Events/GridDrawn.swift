package import EventSourcing
package import Records

/// A grid was drawn in a community.
package struct GridDrawn: Hashable, Sendable {
    package let community: TerritoryID
    package let grid: GridPart
    package let from: Timestamp

    package init(
        community: TerritoryID,
        grid: GridPart,
        from: Timestamp
    ) {
        self.community = community
        self.grid = grid
        self.from = from
    }

    package static let record = Record<GridDrawn>(
        refusesUnknownMembers: false,
        Field("community", \.community, .identifier(), Words("Community", zh: "社区")),
        Field("grid", \.grid, GridPart.record.codec, Words("Grid", zh: "网格")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        make: GridDrawn.init
    )
}
