package import Records

/// A building is on record.
package struct BuildingRegistered: Hashable, Sendable {
    package let building: TerritoryID
    package let parent: TerritoryID
    package let nameEN: String
    package let nameZH: String
    package let households: Int?
    /// Of its grid with this building in it; nil outside of grids and while nobody counted.
    package let size: GridSize?

    package init(
        building: TerritoryID,
        parent: TerritoryID,
        nameEN: String,
        nameZH: String,
        households: Int? = nil,
        size: GridSize? = nil
    ) {
        self.building = building
        self.parent = parent
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
        self.size = size
    }

    package static let record = Record<BuildingRegistered>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("parent", \.parent, .identifier(), Words("Grid or community", zh: "所在网格或社区")),
        Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
        Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
        Field("households", \.households, Codec<Int>.integer(0...10_000).optional, Words("Households", zh: "户数")),
        Field("size", \.size, Codec<GridSize>.choice.optional, Words("Size of the grid", zh: "网格规模")),
        make: BuildingRegistered.init
    )
}
