package import EventSourcing
import Records

/// Puts a building on record, in its grid or in a community whose grids are not drawn yet.
package struct RegisterBuilding: Command, Hashable {
    package let building: TerritoryID
    package let parent: TerritoryID
    package let nameEN: String
    package let nameZH: String
    package let households: Int?

    package init(
        building: TerritoryID,
        parent: TerritoryID,
        nameEN: String,
        nameZH: String,
        households: Int? = nil
    ) {
        self.building = building
        self.parent = parent
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.households = households
    }

    package static let description = CommandDescription<RegisterBuilding>(
        "RegisterBuilding",
        of: .territory,
        Words("Register a building", zh: "登记楼栋"),
        by: [.gridWorker, .communityHead, .streetCoordinator, .districtCommand, .administrator],
        under: "S2",
        Record<RegisterBuilding>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("parent", \.parent, .identifier(), Words("Grid or community", zh: "所在网格或社区")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field("households", \.households, Codec<Int>.integer(0...10_000).optional, Words("Households", zh: "户数")),
            make: RegisterBuilding.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        try register.requireNew(building)
        let place = try register.requireStanding(parent, at: context.occurredAt)
        guard place.level == .grid || place.level == .community else {
            throw .levelNotBelow(.building, place)
        }
        try context.requireCovers(parent)
        var size: GridSize?
        if place.level == .grid, let households {
            let others = register.countedHouseholds(in: register.children(of: parent))
            size = context.limits.territory.size(of: max(others + households, place.households ?? 0))
        }
        return [
            .buildingRegistered(
                BuildingRegistered(
                    building: building,
                    parent: parent,
                    nameEN: nameEN,
                    nameZH: nameZH,
                    households: households,
                    size: size
                )
            )
        ]
    }
}
