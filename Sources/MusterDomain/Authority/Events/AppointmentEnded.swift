package import EventSourcing
package import Records

/// A post ends at a time; what was done under it before stays valid.
package struct AppointmentEnded: Hashable, Sendable {
    package let person: PersonID
    package let role: Role
    package let party: PartyID
    package let territory: TerritoryID
    package let at: Timestamp

    package init(
        person: PersonID,
        role: Role,
        party: PartyID,
        territory: TerritoryID,
        at: Timestamp
    ) {
        self.person = person
        self.role = role
        self.party = party
        self.territory = territory
        self.at = at
    }

    package static let record = Record<AppointmentEnded>(
        refusesUnknownMembers: false,
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("role", \.role, .choice, Words("Role", zh: "角色")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("at", \.at, .timestamp, Words("End", zh: "结束")),
        make: AppointmentEnded.init
    )
}
