package import Records

/// What the patch police's system reads about a household where visits keep failing. It names no person.
package struct HouseholdDelivery: Hashable, Sendable {
    package let household: HouseholdID
    package let kind: TaskDeliveryKind
    package let building: TerritoryID
    package let duty: DutyID
    /// How many visits in a row came to nothing.
    package let attempt: Int

    package init(
        household: HouseholdID,
        kind: TaskDeliveryKind,
        building: TerritoryID,
        duty: DutyID,
        attempt: Int
    ) {
        self.household = household
        self.kind = kind
        self.building = building
        self.duty = duty
        self.attempt = attempt
    }

    package static let record = Record<HouseholdDelivery>(
        refusesUnknownMembers: false,
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("kind", \.kind, .choice(among: [.householdVisit]), Words("Kind", zh: "类别")),
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("attempt", \.attempt, .integer(1...10_000), Words("Failed visits in a row", zh: "连续未果次数")),
        make: HouseholdDelivery.init
    )
}
