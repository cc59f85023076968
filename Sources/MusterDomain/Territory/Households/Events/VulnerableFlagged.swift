package import EventSourcing
package import Records

/// A household needs looking after, for a reason and until a review (R2.6).
package struct VulnerableFlagged: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    /// Whom it is about; nil for the household as a whole.
    package let person: PersonID?
    package let reason: VulnerableReason
    package let note: String?
    package let reviewBy: Timestamp
    /// While an incident is active there.
    package let checkBy: Timestamp?
    package internal(set) var tally: HouseholdTally

    package init(
        building: TerritoryID,
        household: HouseholdID,
        person: PersonID? = nil,
        reason: VulnerableReason,
        note: String? = nil,
        reviewBy: Timestamp,
        checkBy: Timestamp? = nil,
        tally: HouseholdTally
    ) {
        self.building = building
        self.household = household
        self.person = person
        self.reason = reason
        self.note = note
        self.reviewBy = reviewBy
        self.checkBy = checkBy
        self.tally = tally
    }

    package static let record = Record<VulnerableFlagged>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person", zh: "人员")),
        Field("reason", \.reason, .choice, Words("Reason", zh: "原因")),
        Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Note", zh: "备注"), isPersonal: true),
        Field("reviewBy", \.reviewBy, .timestamp, Words("Review by", zh: "复核期限")),
        Field("checkBy", \.checkBy, Codec<Timestamp>.timestamp.optional, Words("Check by", zh: "巡查期限")),
        Field("tally", \.tally, HouseholdTally.record.codec, Words("Counts of the building", zh: "楼栋统计")),
        make: VulnerableFlagged.init
    )
}
