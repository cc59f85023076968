package import EventSourcing
package import Records

/// Somebody was at the door of a household.
package struct VisitRecorded: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let outcome: VisitOutcome
    /// Whose the note is; nil while nobody is known.
    package let contact: PersonID?
    /// Members who were not there, and of whom nobody had said that they are away.
    package let undeclared: [PersonID]
    package let note: String?
    /// The one that held the building then (R2.4).
    package let grid: TerritoryID?
    /// Whether it came in after a later visit, and so changes nothing.
    package let isOvertaken: Bool
    /// 0 after somebody was met.
    package let attempt: Int
    /// Nil where nobody is to come again.
    package let revisitBy: Timestamp?
    package let limit: Duration?
    /// Nil for a visit that found nobody.
    package let staleBy: Timestamp?
    /// Of a vulnerable household while an incident is active.
    package let checkBy: Timestamp?
    package internal(set) var tally: HouseholdTally

    package init(
        building: TerritoryID,
        household: HouseholdID,
        outcome: VisitOutcome,
        contact: PersonID? = nil,
        undeclared: [PersonID] = [],
        note: String? = nil,
        grid: TerritoryID? = nil,
        isOvertaken: Bool,
        attempt: Int,
        revisitBy: Timestamp? = nil,
        limit: Duration? = nil,
        staleBy: Timestamp? = nil,
        checkBy: Timestamp? = nil,
        tally: HouseholdTally
    ) {
        self.building = building
        self.household = household
        self.outcome = outcome
        self.contact = contact
        self.undeclared = undeclared
        self.note = note
        self.grid = grid
        self.isOvertaken = isOvertaken
        self.attempt = attempt
        self.revisitBy = revisitBy
        self.limit = limit
        self.staleBy = staleBy
        self.checkBy = checkBy
        self.tally = tally
    }

    package static let record = Record<VisitRecorded>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("outcome", \.outcome, .choice, Words("Outcome", zh: "结果")),
        Field("contact", \.contact, Codec<PersonID>.identifier().optional, Words("Contact", zh: "联系人")),
        Field(
            "undeclared",
            \.undeclared,
            Codec<[PersonID]>.list(of: .identifier(), count: 0...Household.maximumMembers, isSet: true).orMissing([]),
            Words("Absent without a word", zh: "未报备离开人员")
        ),
        Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Note", zh: "备注"), isPersonal: true),
        Field("grid", \.grid, Codec<TerritoryID>.identifier().optional, Words("Grid", zh: "网格")),
        Field("isOvertaken", \.isOvertaken, .boolean, Words("A later visit is known", zh: "已有更晚走访")),
        Field("attempt", \.attempt, .integer(0...10_000), Words("Failed visits in a row", zh: "连续未果次数")),
        Field("revisitBy", \.revisitBy, Codec<Timestamp>.timestamp.optional, Words("Visit again by", zh: "再次走访期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        Field("staleBy", \.staleBy, Codec<Timestamp>.timestamp.optional, Words("Stale from", zh: "过期时间")),
        Field("checkBy", \.checkBy, Codec<Timestamp>.timestamp.optional, Words("Check again by", zh: "再次巡查期限")),
        Field("tally", \.tally, HouseholdTally.record.codec, Words("Counts of the building", zh: "楼栋统计")),
        make: VisitRecorded.init
    )
}
