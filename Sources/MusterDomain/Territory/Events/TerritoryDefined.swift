package import Records

/// A territory has its place in the tree.
package struct TerritoryDefined: Hashable, Sendable {
    package let territory: TerritoryID
    package let level: TerritoryLevel
    /// Nil for the top of a tree.
    package let parent: TerritoryID?
    package let nameEN: String
    package let nameZH: String
    package let households: Int?
    /// The digits of its level; nil where the statistics have none.
    package let code: String?
    /// Of a grid whose households were counted.
    package let size: GridSize?

    package init(
        territory: TerritoryID,
        level: TerritoryLevel,
        parent: TerritoryID? = nil,
        nameEN: String,
        nameZH: String,
        households: Int? = nil,
        code: String? = nil,
        size: GridSize? = nil
    ) {
        self.territory = territory
        self.level = level
        self.parent = parent
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
        self.code = code
        self.size = size
    }

    package static let record = Record<TerritoryDefined>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("level", \.level, .choice, Words("Level", zh: "层级")),
        Field("parent", \.parent, Codec<TerritoryID>.identifier().optional, Words("Parent", zh: "上级区域")),
        Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
        Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
        Field("households", \.households, Codec<Int>.integer(0...10_000_000).optional, Words("Households", zh: "户数")),
        Field("code", \.code, Codec<String>.line(12).optional, Words("Statistical code", zh: "统计代码")),
        Field("size", \.size, Codec<GridSize>.choice.optional, Words("Size", zh: "规模")),
        make: TerritoryDefined.init
    )
}
