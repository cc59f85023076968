package import EventSourcing
package import Records

/// A household is on record at its address.
package struct HouseholdRegistered: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let unit: UnitID
    package let door: String
    /// A pseudonym; nil while nobody is known.
    package let contact: PersonID?
    package let name: String?
    package let phone: String?
    /// The one that held the building then; nil outside of grids.
    package let grid: TerritoryID?
    package let staleBy: Timestamp
    package let limit: Duration
    package internal(set) var tally: HouseholdTally

    package init(
        building: TerritoryID,
        household: HouseholdID,
        unit: UnitID,
        door: String,
        contact: PersonID? = nil,
        name: String? = nil,
        phone: String? = nil,
        grid: TerritoryID? = nil,
        staleBy: Timestamp,
        limit: Duration,
        tally: HouseholdTally
    ) {
        self.building = building
        self.household = household
        self.unit = unit
        self.door = door
        self.contact = contact
        self.name = name
        self.phone = phone
        self.grid = grid
        self.staleBy = staleBy
        self.limit = limit
        self.tally = tally
    }

    package static let record = Record<HouseholdRegistered>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("unit", \.unit, .identifier(), Words("Unit", zh: "单元")),
        Field("door", \.door, .line(40), Words("Door", zh: "门牌")),
        Field("contact", \.contact, Codec<PersonID>.identifier().optional, Words("Contact", zh: "联系人")),
        Field(
            "name",
            \.name,
            Codec<String>.line(100).optional,
            Words("Name of the contact", zh: "联系人姓名"),
            isPersonal: true
        ),
        Field(
            "phone",
            \.phone,
            Codec<String>.line(40).optional,
            Words("Phone of the contact", zh: "联系人电话"),
            isPersonal: true
        ),
        Field("grid", \.grid, Codec<TerritoryID>.identifier().optional, Words("Grid", zh: "网格")),
        Field("staleBy", \.staleBy, .timestamp, Words("Stale from", zh: "过期时间")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        Field("tally", \.tally, HouseholdTally.record.codec, Words("Counts of the building", zh: "楼栋统计")),
        make: HouseholdRegistered.init
    )
}
