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

    package init(
        territory: TerritoryID,
        level: TerritoryLevel,
        parent: TerritoryID? = nil,
        nameEN: String,
        nameZH: String,
        households: Int? = nil
    ) {
        self.territory = territory
        self.level = level
        self.parent = parent
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
    }

    package static let description = CommandDescription<DefineTerritory>(
        "DefineTerritory",
        of: .territory,
        Words("Define a territory", zh: "设立区域"),
        by: [.administrator, .districtCommand],
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
            make: DefineTerritory.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        guard register.territory(territory) == nil else {
            throw Rejection(
                rule: "S2",
                reason: "territory-exists",
                Words("Territory \(territory) is defined already.", zh: "区域 \(territory) 已设立。")
            )
        }
        if let parent {
            guard let above = register.territory(parent) else {
                throw Rejection(
                    kind: .notFound,
                    rule: "R2.1",
                    reason: "parent-unknown",
                    Words("There is no territory \(parent).", zh: "没有区域 \(parent)。")
                )
            }
            guard above.level.isAbove(level) else {
                throw Rejection(
                    rule: "R2.1",
                    reason: "level-not-below",
                    Words(
                        "\(level.words.en) cannot lie in \(parent), which is of the level \(above.level.words.en).",
                        zh: "\(level.words.zh)不能设在\(above.level.words.zh)级的 \(parent) 之下。"
                    )
                )
            }
        }
        return [
            .defined(
                TerritoryDefined(
                    territory: territory,
                    level: level,
                    parent: parent,
                    nameEN: nameEN,
                    nameZH: nameZH,
                    households: households
                )
            )
        ]
    }
}
