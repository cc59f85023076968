package import EventSourcing
package import Records

/// Who belongs to a household, and whether they are at home.
package struct MemberDeclared: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let person: PersonID
    package let relation: MemberRelation
    package let presence: MemberPresence
    package let name: String?
    package let phone: String?
    package let place: String?
    package let backBy: Timestamp?
    package let staleBy: Timestamp
    package internal(set) var tally: HouseholdTally

    package init(
        building: TerritoryID,
        household: HouseholdID,
        person: PersonID,
        relation: MemberRelation,
        presence: MemberPresence,
        name: String? = nil,
        phone: String? = nil,
        place: String? = nil,
        backBy: Timestamp? = nil,
        staleBy: Timestamp,
        tally: HouseholdTally
    ) {
        self.building = building
        self.household = household
        self.person = person
        self.relation = relation
        self.presence = presence
        self.name = name
        self.phone = phone
        self.place = place
        self.backBy = backBy
        self.staleBy = staleBy
        self.tally = tally
    }

    package static let record = Record<MemberDeclared>(
        refusesUnknownMembers: false,
        Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
        Field("household", \.household, .identifier(), Words("Household", zh: "户")),
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("relation", \.relation, .choice, Words("Relation", zh: "关系")),
        Field("presence", \.presence, .choice, Words("Whereabouts", zh: "去向")),
        Field("name", \.name, Codec<String>.line(100).optional, Words("Name", zh: "姓名"), isPersonal: true),
        Field("phone", \.phone, Codec<String>.line(40).optional, Words("Phone", zh: "电话"), isPersonal: true),
        Field("place", \.place, Codec<String>.line().optional, Words("Where they are", zh: "外出地点"), isPersonal: true),
        Field("backBy", \.backBy, Codec<Timestamp>.timestamp.optional, Words("Back by", zh: "预计返回")),
        Field("staleBy", \.staleBy, .timestamp, Words("Stale from", zh: "过期时间")),
        Field("tally", \.tally, HouseholdTally.record.codec, Words("Counts of the building", zh: "楼栋统计")),
        make: MemberDeclared.init
    )
}
