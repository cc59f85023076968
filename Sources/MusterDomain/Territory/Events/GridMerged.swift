package import EventSourcing
package import Records

/// Several grids became one. They stay in the tree up to that instant, and so does what happened in them (R2.4).
package struct GridMerged: Hashable, Sendable {
    package let grids: [TerritoryID]
    package let into: GridPart
    package let from: Timestamp

    package init(
        grids: [TerritoryID],
        into: GridPart,
        from: Timestamp
    ) {
        self.grids = grids
        self.into = into
        self.from = from
    }

    package static let record = Record<GridMerged>(
        refusesUnknownMembers: false,
        Field("grids", \.grids, .list(of: .identifier(), count: 2...20, isSet: true), Words("Grids", zh: "网格")),
        Field("into", \.into, GridPart.record.codec, Words("Becomes", zh: "合并为")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        make: GridMerged.init
    )
}
