package import EventSourcing
import Records

/// Draws a grid in a community, with the buildings that are in it.
package struct DrawGrid: Command, Hashable {
    package let community: TerritoryID
    package let grid: GridPlan

    package init(
        community: TerritoryID,
        grid: GridPlan
    ) {
        self.community = community
        self.grid = grid
    }

    package static let description = CommandDescription<DrawGrid>(
        "DrawGrid",
        of: .territory,
        Words("Draw a grid", zh: "划分网格"),
        by: [.communityHead, .streetCoordinator, .districtCommand, .administrator],
        under: "S2",
        isOrder: true,
        Record<DrawGrid>(
            Field("community", \.community, .identifier(), Words("Community", zh: "社区")),
            Field("grid", \.grid, GridPlan.record.codec, Words("Grid", zh: "网格")),
            make: DrawGrid.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        let place = try register.requireStanding(community, at: context.occurredAt)
        guard place.level.isAbove(.grid) else { throw .levelNotBelow(.grid, place) }
        try context.requireCovers(community)
        try register.requireNew(grid.grid)
        try register.requireNotBeforeChange(of: grid.buildings + [community], at: context.occurredAt)
        for building in grid.buildings {
            let placed = try register.requireBuilding(building, at: context.occurredAt)
            if placed.parent == community { continue }
            if let other = placed.parent, register.territory(other)?.level == .grid {
                throw .gridsOverlap(building, other, grid.grid)
            }
            throw .buildingElsewhere(building, community)
        }
        try context.requireWorker(of: grid, onGround: community)
        return [
            .gridDrawn(
                GridDrawn(
                    community: community,
                    grid: register.part(grid, context.limits.territory),
                    from: context.occurredAt
                )
            )
        ]
    }
}
