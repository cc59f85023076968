package import EventSourcing
package import Records

/// A grid became several ones. It stays in the tree up to that instant, and so does what happened in it (R2.4).
package struct GridSplit: Hashable, Sendable {
    package let grid: TerritoryID
    package let parts: [GridPart]
    package let from: Timestamp

    package init(
        grid: TerritoryID,
        parts: [GridPart],
        from: Timestamp
    ) {
        self.grid = grid
        self.parts = parts
        self.from = from
    }

    package static let record = Record<GridSplit>(
        refusesUnknownMembers: false,
        Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
        Field("parts", \.parts, .list(of: GridPart.record.codec, count: 2...20), Words("Parts", zh: "拆分为")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        make: GridSplit.init
    )
}
