package import Records

/// A unit of a building is on record.
package struct UnitRegistered: Hashable, Sendable {
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

    package static let record = Record<UnitRegistered>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("unit", \.unit, .identifier(), Words("Unit", zh: "单元")),
        Field("floors", \.floors, Codec<Int>.integer(1...200).optional, Words("Floors", zh: "层数")),
        make: UnitRegistered.init
    )
}
