package import EventSourcing
package import Records

/// Deadlines of a building's households that have passed, and the next one.
package struct RegistrySwept: Hashable, Sendable {
    package let building: TerritoryID
    package let dueBy: Timestamp
    package let unvisited: [HouseholdID]
    package let unchecked: [HouseholdID]
    package let stale: [HouseholdID]
    package let reviewsDue: [HouseholdID]
    /// Of those that were not checked.
    package let checkBy: Timestamp?
    /// Nil when nothing is waited for.
    package let nextBy: Timestamp?
    package internal(set) var tally: HouseholdTally

    package init(
        building: TerritoryID,
        dueBy: Timestamp,
        unvisited: [HouseholdID],
        unchecked: [HouseholdID],
        stale: [HouseholdID],
        reviewsDue: [HouseholdID],
        checkBy: Timestamp? = nil,
        nextBy: Timestamp? = nil,
        tally: HouseholdTally
    ) {
        self.building = building
        self.dueBy = dueBy
        self.unvisited = unvisited
        self.unchecked = unchecked
        self.stale = stale
        self.reviewsDue = reviewsDue
        self.checkBy = checkBy
        self.nextBy = nextBy
        self.tally = tally
    }

    package static let record = Record<RegistrySwept>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("dueBy", \.dueBy, .timestamp, Words("Deadline", zh: "期限")),
        Field(
            "unvisited",
            \.unvisited,
            .list(of: .identifier(), count: 0...HouseholdRegister.maximumHouseholds, isSet: true),
            Words("Not visited again in time", zh: "逾期未再访")
        ),
        Field(
            "unchecked",
            \.unchecked,
            .list(of: .identifier(), count: 0...HouseholdRegister.maximumHouseholds, isSet: true),
            Words("Vulnerable and not checked in time", zh: "重点户逾期未巡查")
        ),
        Field(
            "stale",
            \.stale,
            .list(of: .identifier(), count: 0...HouseholdRegister.maximumHouseholds, isSet: true),
            Words("Record is stale", zh: "台账过期")
        ),
        Field(
            "reviewsDue",
            \.reviewsDue,
            .list(of: .identifier(), count: 0...HouseholdRegister.maximumHouseholds, isSet: true),
            Words("Review is due", zh: "应复核")
        ),
        Field("checkBy", \.checkBy, Codec<Timestamp>.timestamp.optional, Words("Check again by", zh: "再次巡查期限")),
        Field("nextBy", \.nextBy, Codec<Timestamp>.timestamp.optional, Words("Next deadline", zh: "下一期限")),
        Field("tally", \.tally, HouseholdTally.record.codec, Words("Counts of the building", zh: "楼栋统计")),
        make: RegistrySwept.init
    )
}
