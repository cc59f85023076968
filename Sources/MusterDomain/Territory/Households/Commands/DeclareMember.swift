package import EventSourcing
import Records

/// Says who belongs to a household, and whether they are at home.
package struct DeclareMember: Command, Hashable {
    package let building: TerritoryID
    package let household: HouseholdID
    /// A pseudonym.
    package let person: PersonID
    package let relation: MemberRelation
    package let presence: MemberPresence
    package let name: String?
    package let phone: String?
    /// Of who is away.
    package let place: String?
    package let backBy: Timestamp?

    package init(
        building: TerritoryID,
        household: HouseholdID,
        person: PersonID,
        relation: MemberRelation,
        presence: MemberPresence,
        name: String? = nil,
        phone: String? = nil,
        place: String? = nil,
        backBy: Timestamp? = nil
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
    }

    package static let description = CommandDescription<DeclareMember>(
        "DeclareMember",
        of: .territory,
        Words("Declare a member", zh: "申报家庭成员"),
        by: [.resident, .gridWorker, .communityHead],
        under: "S2",
        Record<DeclareMember>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("household", \.household, .identifier(), Words("Household", zh: "户")),
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            Field("relation", \.relation, .choice, Words("Relation", zh: "关系")),
            Field("presence", \.presence, .choice, Words("Whereabouts", zh: "去向")),
            Field("name", \.name, Codec<String>.line(100).optional, Words("Name", zh: "姓名"), isPersonal: true),
            Field("phone", \.phone, Codec<String>.line(40).optional, Words("Phone", zh: "电话"), isPersonal: true),
            Field(
                "place",
                \.place,
                Codec<String>.line().optional,
                Words("Where they are", zh: "外出地点"),
                isPersonal: true
            ),
            Field("backBy", \.backBy, Codec<Timestamp>.timestamp.optional, Words("Back by", zh: "预计返回")),
            make: DeclareMember.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        try context.requireRegistered(building, isOpenToResidents: true)
        let home = try register.require(household, in: building)
        guard !home.hasMoved else { throw .movedAway(household, building) }
        if context.actor.role == .resident, !home.isOf(context.actor.person) {
            throw Rejection(
                kind: .forbidden,
                rule: "S2",
                reason: "not-your-household",
                Words("A resident declares the members of their own household.", zh: "居民只能申报本户成员。"),
                advice: Words("A grid worker can register you with it.", zh: "可由网格员登记为该户成员。")
            )
        }
        guard home.members[person] != nil || home.members.count < Household.maximumMembers else {
            throw Rejection(
                rule: "S2",
                reason: "household-full",
                Words(
                    "\(household) has \(Household.maximumMembers) members on record.",
                    zh: "\(household) 已登记 \(Household.maximumMembers) 人。"
                )
            )
        }
        try checkWhereabouts(context)
        var declared = MemberDeclared(
            building: building,
            household: household,
            person: person,
            relation: relation,
            presence: presence,
            name: name,
            phone: phone,
            place: place,
            backBy: backBy,
            staleBy: context.began + context.limits.territory.registryAge,
            tally: register.tally
        )
        var after = home
        after.take(declared, nil)
        declared.tally = register.tally.replacing(home, by: after)
        return [.memberDeclared(declared)]
    }

    private func checkWhereabouts(_ context: Context) throws(Rejection) {
        guard presence == .away || place == nil && backBy == nil else {
            throw Rejection(
                rule: "S2",
                reason: "not-away",
                Words("Only who is away has a place and a day of return.", zh: "只有外出人员才填写外出地点和返回时间。")
            )
        }
        if let backBy, backBy <= context.occurredAt {
            throw Rejection(
                rule: "S2",
                reason: "back-already",
                Words("The return lies in the past.", zh: "预计返回时间已过。"),
                advice: Words("Declare the person as being at home.", zh: "请申报为在家。")
            )
        }
    }
}
