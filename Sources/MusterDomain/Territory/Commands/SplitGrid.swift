package import EventSourcing
import Records

/// Makes several grids of one. Each building goes to one of them; what happened stays with the old grid (R2.4).
package struct SplitGrid: Command, Hashable {
    package let grid: TerritoryID
    package let parts: [GridPlan]

    package init(
        grid: TerritoryID,
        parts: [GridPlan]
    ) {
        self.grid = grid
        self.parts = parts
    }

    package static let description = CommandDescription<SplitGrid>(
        "SplitGrid",
        of: .territory,
        Words("Split a grid", zh: "拆分网格"),
        by: [.communityHead, .streetCoordinator, .districtCommand, .administrator],
        under: "S2",
        isOrder: true,
        Record<SplitGrid>(
            Field("grid", \.grid, .identifier(), Words("Grid", zh: "网格")),
            Field("parts", \.parts, .list(of: GridPlan.record.codec, count: 2...20), Words("Parts", zh: "拆分为")),
            make: SplitGrid.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        let place = try register.requireGrid(grid, at: context.occurredAt)
        try context.requireCovers(grid)
        let buildings = register.children(of: grid)
        try register.requireNotBeforeChange(of: buildings + [grid], at: context.occurredAt)
        try checkNames(register)
        try checkBuildings(Set(buildings), in: register, at: context.occurredAt)
        for part in parts { try context.requireWorker(of: part, onGround: grid) }
        if parts.allSatisfy({ $0.households == nil }), register.countedHouseholds(in: buildings) == 0,
            place.households != nil
        {
            throw Rejection(
                rule: "R2.2",
                reason: "households-uncounted",
                Words(
                    "Nobody says how the households of \(grid) are shared between its parts.",
                    zh: "未说明 \(grid) 的户数如何分配到各部分。"
                ),
                advice: Words("Give the households of each part.", zh: "请填写各部分户数。")
            )
        }
        return [
            .gridSplit(
                GridSplit(
                    grid: grid,
                    parts: parts.map { register.part($0, context.limits.territory) },
                    from: context.occurredAt
                )
            )
        ]
    }

    private func checkNames(_ register: TerritoryRegister) throws(Rejection) {
        for part in parts { try register.requireNew(part.grid) }
        guard Set(parts.map(\.grid)).count == parts.count else {
            throw Rejection(
                rule: "S2",
                reason: "territory-repeated",
                Words("Two of the parts have the same name.", zh: "有两个部分同名。")
            )
        }
    }

    /// Each building of the grid is in exactly one part.
    private func checkBuildings(
        _ buildings: Set<TerritoryID>,
        in register: TerritoryRegister,
        at time: Timestamp
    ) throws(Rejection) {
        var taken: [TerritoryID: TerritoryID] = [:]
        for part in parts {
            for building in part.buildings {
                _ = try register.requireBuilding(building, at: time)
                guard buildings.contains(building) else { throw .buildingElsewhere(building, grid) }
                if let other = taken.updateValue(part.grid, forKey: building) {
                    throw .gridsOverlap(building, other, part.grid)
                }
            }
        }
        guard let left = buildings.filter({ taken[$0] == nil }).min() else { return }
        throw Rejection(
            rule: "R2.4",
            reason: "building-left-out",
            Words("\(left) would be in none of the parts.", zh: "楼栋 \(left) 未归入任何部分。"),
            advice: Words("Give each building of the grid to one part.", zh: "请把网格内每栋楼归入一个部分。")
        )
    }
}
