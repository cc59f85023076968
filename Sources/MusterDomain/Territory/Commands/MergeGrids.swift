package import EventSourcing
import Records

/// Makes one grid of several in the same community, with all their buildings; what happened stays with the old ones (R2.4).
package struct MergeGrids: Command, Hashable {
    package let grids: [TerritoryID]
    package let into: TerritoryID
    package let nameEN: String
    package let nameZH: String
    package let worker: PersonID?

    package init(
        grids: [TerritoryID],
        into: TerritoryID,
        nameEN: String,
        nameZH: String,
        worker: PersonID? = nil
    ) {
        self.grids = grids
        self.into = into
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.worker = worker
    }

    package static let description = CommandDescription<MergeGrids>(
        "MergeGrids",
        of: .territory,
        Words("Merge grids", zh: "合并网格"),
        by: [.communityHead, .streetCoordinator, .districtCommand, .administrator],
        under: "S2",
        isOrder: true,
        Record<MergeGrids>(
            Field("grids", \.grids, .list(of: .identifier(), count: 2...20, isSet: true), Words("Grids", zh: "网格")),
            Field("into", \.into, .identifier(), Words("Becomes", zh: "合并为")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field("worker", \.worker, Codec<PersonID>.identifier().optional, Words("Worker", zh: "网格员")),
            make: MergeGrids.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        var buildings: [TerritoryID] = []
        var households = 0
        var isCounted = false
        var parents: Set<TerritoryID?> = []
        for grid in grids {
            let place = try register.requireGrid(grid, at: context.occurredAt)
            try context.requireCovers(grid)
            parents.insert(place.parent)
            let own = register.children(of: grid)
            buildings += own
            let counted = max(register.countedHouseholds(in: own), place.households ?? 0)
            households += counted
            isCounted = isCounted || counted > 0 || place.households != nil
        }
        guard parents.count == 1 else {
            throw Rejection(
                rule: "R2.4",
                reason: "other-community",
                Words("The grids lie in different communities.", zh: "这些网格不在同一社区。"),
                advice: Words("Move them below one community first.", zh: "请先调整到同一社区。")
            )
        }
        try register.requireNew(into)
        try register.requireNotBeforeChange(of: buildings + grids, at: context.occurredAt)
        let plan = GridPlan(
            grid: into,
            nameEN: nameEN,
            nameZH: nameZH,
            households: isCounted ? households : nil,
            buildings: buildings,
            worker: worker
        )
        for grid in grids { try context.requireWorker(of: plan, onGround: grid) }
        return [
            .gridMerged(
                GridMerged(
                    grids: grids,
                    into: register.part(plan, context.limits.territory),
                    from: context.occurredAt
                )
            )
        ]
    }
}
