package import EventSourcing
import Records

/// Gives a territory its place in the tree.
package struct DefineTerritory: Command, Hashable {
    package let territory: TerritoryID
    package let level: TerritoryLevel
    /// Nil for the top of a tree.
    package let parent: TerritoryID?
    package let nameEN: String
    package let nameZH: String
    package let households: Int?
    /// The digits of its level, or twelve.
    package let code: String?

    package init(
        territory: TerritoryID,
        level: TerritoryLevel,
        parent: TerritoryID? = nil,
        nameEN: String,
        nameZH: String,
        households: Int? = nil,
        code: String? = nil
    ) {
        self.territory = territory
        self.level = level
        self.parent = parent
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
        self.code = code
    }

    package static let description = CommandDescription<DefineTerritory>(
        "DefineTerritory",
        of: .territory,
        Words("Define a territory", zh: "设立区域"),
        by: [.administrator, .districtCommand],
        under: "S1",
        isOrder: true,
        Record<DefineTerritory>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("level", \.level, .choice, Words("Level", zh: "层级")),
            Field("parent", \.parent, Codec<TerritoryID>.identifier().optional, Words("Parent", zh: "上级区域")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field(
                "households",
                \.households,
                Codec<Int>.integer(0...10_000_000).optional,
                Words("Households", zh: "户数")
            ),
            Field("code", \.code, Codec<String>.line(24).optional, Words("Statistical code", zh: "统计代码")),
            make: DefineTerritory.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        try register.requireNew(territory)
        if let parent { try register.requireBelow(parent, level, at: context.occurredAt) }
        let code = try code.map { (text) throws(Rejection) in
            try register.requireFree(text, level: level, below: parent)
        }
        return [
            .defined(
                TerritoryDefined(
                    territory: territory,
                    level: level,
                    parent: parent,
                    nameEN: nameEN,
                    nameZH: nameZH,
                    households: households,
                    code: code?.digits,
                    size: level == .grid ? households.map(context.limits.territory.size) : nil
                )
            )
        ]
    }
}
