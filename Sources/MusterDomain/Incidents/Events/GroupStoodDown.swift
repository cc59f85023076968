package import Records

/// A group has done its part and is free.
package struct GroupStoodDown: Hashable, Sendable {
    package let incident: IncidentID
    package let group: GroupID
    package let party: PartyID
    package let text: String?

    package init(
        incident: IncidentID,
        group: GroupID,
        party: PartyID,
        text: String? = nil
    ) {
        self.incident = incident
        self.group = group
        self.party = party
        self.text = text
    }

    package static let record = Record<GroupStoodDown>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
        make: GroupStoodDown.init
    )
}
