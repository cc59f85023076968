package import EventSourcing
package import Records

/// A person holds a post.
package struct PersonAppointed: Hashable, Sendable {
    package let person: PersonID
    package let role: Role
    package let party: PartyID
    package let territory: TerritoryID
    package let from: Timestamp
    /// Nil while no end is set.
    package let to: Timestamp?

    package init(
        person: PersonID,
        role: Role,
        party: PartyID,
        territory: TerritoryID,
        from: Timestamp,
        to: Timestamp? = nil
    ) {
        self.person = person
        self.role = role
        self.party = party
        self.territory = territory
        self.from = from
        self.to = to
    }

    package static let record = Record<PersonAppointed>(
        refusesUnknownMembers: false,
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("role", \.role, .choice, Words("Role", zh: "角色")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
        make: PersonAppointed.init
    )
}
