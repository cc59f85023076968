package import EventSourcing
package import Records

/// Visits keep failing, or nobody repeated one: the patch police is asked to go.
package struct HouseholdReferred: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let attempt: Int
    package let duty: DutyID
    /// Nil when the list in force gives the duty to nobody.
    package let party: PartyID?
    /// What made it so: the visit, its correction, or the sweep that found nobody had come again.
    package let basis: EventID
    /// Whether nobody came again in time; nil when somebody did, and failed.
    package let isRevisitMissed: Bool?

    package init(
        building: TerritoryID,
        household: HouseholdID,
        attempt: Int,
        duty: DutyID,
        party: PartyID? = nil,
        basis: EventID,
        isRevisitMissed: Bool? = nil
    ) {
        self.building = building
        self.household = household
        self.attempt = attempt
        self.duty = duty
        self.party = party
        self.basis = basis
        self.isRevisitMissed = isRevisitMissed
    }

    package static let record = Record<HouseholdReferred>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("attempt", \.attempt, .integer(1...10_000), Words("Failed visits in a row", zh: "连续未果次数")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("party", \.party, Codec<PartyID>.identifier().optional, Words("Party", zh: "单位")),
        Field("basis", \.basis, .eventID, Words("Basis", zh: "依据")),
        Field(
            "isRevisitMissed",
            \.isRevisitMissed,
            Codec<Bool>.boolean.optional,
            Words("Nobody came again in time", zh: "逾期未再访")
        ),
        make: HouseholdReferred.init
    )
}
