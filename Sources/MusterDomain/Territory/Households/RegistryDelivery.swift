package import EventSourcing
package import Records

/// What a community's system reads about deadlines of a building's households that have passed. It names no person.
package struct RegistryDelivery: Hashable, Sendable {
    /// More households than this are counted and not named, so that a payload stays small.
    static let maximumNamed = 100

    package let building: TerritoryID
    package let kind: TaskDeliveryKind
    /// The deadline.
    package let due: Timestamp
    /// How many households there are with something overdue, each counted once.
    package let households: Int
    /// Where nobody repeated a visit; the patch police was told too.
    package let unvisited: [HouseholdID]
    /// Vulnerable ones whom nobody checked during an incident.
    package let unchecked: [HouseholdID]
    package let stale: [HouseholdID]
    package let reviewsDue: [HouseholdID]

    package init(
        building: TerritoryID,
        kind: TaskDeliveryKind,
        due: Timestamp,
        households: Int,
        unvisited: [HouseholdID] = [],
        unchecked: [HouseholdID] = [],
        stale: [HouseholdID] = [],
        reviewsDue: [HouseholdID] = []
    ) {
        self.building = building
        self.kind = kind
        self.due = due
        self.households = households
        self.unvisited = unvisited
        self.unchecked = unchecked
        self.stale = stale
        self.reviewsDue = reviewsDue
    }

    /// - Returns: nil where nothing is overdue.
    init?(_ swept: RegistrySwept) {
        let all = Set(swept.unvisited + swept.unchecked + swept.stale + swept.reviewsDue)
        guard !all.isEmpty else { return nil }
        self.init(
            building: swept.building,
            kind: .registryOverdue,
            due: swept.dueBy,
            households: all.count,
            unvisited: Array(swept.unvisited.prefix(Self.maximumNamed)),
            unchecked: Array(swept.unchecked.prefix(Self.maximumNamed)),
            stale: Array(swept.stale.prefix(Self.maximumNamed)),
            reviewsDue: Array(swept.reviewsDue.prefix(Self.maximumNamed))
        )
    }

    private static let named = Codec<[HouseholdID]>.list(of: .identifier(), count: 0...maximumNamed, isSet: true)

    package static let record = Record<RegistryDelivery>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("kind", \.kind, .choice(among: [.registryOverdue]), Words("Kind", zh: "类别")),
        Field("due", \.due, .timestamp, Words("Deadline", zh: "期限")),
        Field(
            "households",
            \.households,
            .integer(1...HouseholdRegister.maximumHouseholds),
            Words("Households", zh: "户数")
        ),
        Field("unvisited", \.unvisited, named, Words("Not visited again in time", zh: "逾期未再访")),
        Field("unchecked", \.unchecked, named, Words("Vulnerable and not checked in time", zh: "重点户逾期未巡查")),
        Field("stale", \.stale, named, Words("Record is stale", zh: "台账过期")),
        Field("reviewsDue", \.reviewsDue, named, Words("Review is due", zh: "应复核")),
        make: RegistryDelivery.init(building:kind:due:households:unvisited:unchecked:stale:reviewsDue:)
    )
}
