package import EventSourcing
package import Records

/// Visits keep failing: the patch police is asked to go.
package struct HouseholdReferred: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let attempt: Int
    package let duty: DutyID
    /// Nil when the list in force gives the duty to nobody.
    package let party: PartyID?
    /// The visit that made it so.
    package let basis: EventID

    package init(
        building: TerritoryID,
        household: HouseholdID,
        attempt: Int,
        duty: DutyID,
        party: PartyID? = nil,
        basis: EventID
    ) {
        self.building = building
        self.household = household
        self.attempt = attempt
        self.duty = duty
        self.party = party
        self.basis = basis
    }

    package static let record = Record<HouseholdReferred>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("attempt", \.attempt, .integer(1...10_000), Words("Failed visits in a row", zh: "连续未果次数")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("party", \.party, Codec<PartyID>.identifier().optional, Words("Party", zh: "单位")),
        Field("basis", \.basis, .eventID, Words("Visit", zh: "走访")),
        make: HouseholdReferred.init
    )
}
