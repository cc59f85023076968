package import Records

/// A grid as it is drawn: its name, the buildings that are in it, and who works there.
package struct GridPart: Hashable, Sendable {
    package let grid: TerritoryID
    package let nameEN: String
    package let nameZH: String
    /// Those of its buildings, or what somebody said where none of them was counted; nil when nobody did.
    package let households: Int?
    package let buildings: [TerritoryID]
    /// Nil while nobody counted.
    package let size: GridSize?
    /// Who is to work there first; nil when nobody was named.
    package let worker: PersonID?

    package init(
        grid: TerritoryID,
        nameEN: String,
        nameZH: String,
        households: Int? = nil,
        buildings: [TerritoryID] = [],
        size: GridSize? = nil,
        worker: PersonID? = nil
    ) {
        self.grid = grid
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
        self.buildings = buildings
        self.size = size
        self.worker = worker
    }

    package static let record = Record<GridPart>(
        refusesUnknownMembers: false,
        Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
        Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
        Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
        Field("households", \.households, Codec<Int>.integer(0...1_000_000).optional, Words("Households", zh: "户数")),
        Field("buildings", \.buildings, GridPlan.someBuildings, Words("Buildings", zh: "楼栋")),
        Field("size", \.size, Codec<GridSize>.choice.optional, Words("Size", zh: "规模")),
        Field("worker", \.worker, Codec<PersonID>.identifier().optional, Words("Worker", zh: "网格员")),
        make: GridPart.init
    )
}
