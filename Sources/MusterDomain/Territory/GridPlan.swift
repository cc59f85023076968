package import Records

/// A grid that is asked for. What follows from it, as its size, the event says.
package struct GridPlan: Hashable, Sendable {
    package let grid: TerritoryID
    package let nameEN: String
    package let nameZH: String
    /// For a grid whose buildings are not on record.
    package let households: Int?
    package let buildings: [TerritoryID]
    /// Who is to work there; needed while an incident is active (R2.3).
    package let worker: PersonID?

    package init(
        grid: TerritoryID,
        nameEN: String,
        nameZH: String,
        households: Int? = nil,
        buildings: [TerritoryID] = [],
        worker: PersonID? = nil
    ) {
        self.grid = grid
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
        self.buildings = buildings
        self.worker = worker
    }

    package static let record = Record<GridPlan>(
        Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
        Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
        Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
        Field("households", \.households, Codec<Int>.integer(0...1_000_000).optional, Words("Households", zh: "户数")),
        Field("buildings", \.buildings, someBuildings, Words("Buildings", zh: "楼栋")),
        Field("worker", \.worker, Codec<PersonID>.identifier().optional, Words("Worker", zh: "网格员")),
        make: GridPlan.init
    )

    static let someBuildings =
        Codec<[TerritoryID]>.list(of: .identifier(), count: 0...1_000, isSet: true).orMissing([])
}
