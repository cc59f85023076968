package import Records

/// A group is there and ready.
package struct GroupStoodUp: Hashable, Sendable {
    package let incident: IncidentID
    package let group: GroupID
    package let party: PartyID
    package let isLate: Bool

    package init(
        incident: IncidentID,
        group: GroupID,
        party: PartyID,
        isLate: Bool
    ) {
        self.incident = incident
        self.group = group
        self.party = party
        self.isLate = isLate
    }

    package static let record = Record<GroupStoodUp>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "迟于时限")),
        make: GroupStoodUp.init
    )
}
