package import Records

/// A person leads a group.
package struct GroupLeadAssigned: Hashable, Sendable {
    package let incident: IncidentID
    package let group: GroupID
    package let person: PersonID

    package init(
        incident: IncidentID,
        group: GroupID,
        person: PersonID
    ) {
        self.incident = incident
        self.group = group
        self.person = person
    }

    package static let record = Record<GroupLeadAssigned>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
        Field("person", \.person, .identifier(), Words("Lead", zh: "负责人")),
        make: GroupLeadAssigned.init
    )
}
