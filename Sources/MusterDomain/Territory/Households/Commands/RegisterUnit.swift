package import EventSourcing
import Records

/// Puts a unit of a building on record.
package struct RegisterUnit: Command, Hashable {
    package let building: TerritoryID
    package let unit: UnitID
    package let floors: Int?

    package init(
        building: TerritoryID,
        unit: UnitID,
        floors: Int? = nil
    ) {
        self.building = building
        self.unit = unit
        self.floors = floors
    }

    package static let description = CommandDescription<RegisterUnit>(
        "RegisterUnit",
        of: .territory,
        Words("Register a unit", zh: "登记单元"),
        by: [.gridWorker, .communityHead, .propertyManager, .administrator],
        under: "S2",
        Record<RegisterUnit>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("unit", \.unit, .identifier(), Words("Unit", zh: "单元")),
            Field("floors", \.floors, Codec<Int>.integer(1...200).optional, Words("Floors", zh: "层数")),
            make: RegisterUnit.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        try context.requireRegistered(building)
        guard !register.units.contains(unit) else {
            throw Rejection(
                rule: "S2",
                reason: "unit-exists",
                Words("Unit \(unit) of \(building) is on record already.", zh: "\(building) 的单元 \(unit) 已登记。")
            )
        }
        guard register.units.count < HouseholdRegister.maximumUnits else { throw .buildingFull(building) }
        return [.unitRegistered(UnitRegistered(building: building, unit: unit, floors: floors))]
    }
}
