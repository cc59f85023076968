package import EventSourcing
import Records

/// Says who leads a group.
package struct AssignGroupLead: Command, Hashable {
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

    package static let description = CommandDescription<AssignGroupLead>(
        "AssignGroupLead",
        of: .playbooks,
        Words("Assign a group's lead", zh: "指定组负责人"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "S6",
        Record<AssignGroupLead>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
            Field("person", \.person, .identifier(), Words("Lead", zh: "负责人")),
            make: AssignGroupLead.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let territory = try subject.requireSubject().territory
        let playbook = try subject.requirePlaybook(Self.description.words)
        _ = try subject.requireGroup(group, of: playbook)
        let work = try subject.requireStanding(group)
        try context.requireCommands(work.party, in: territory)
        guard context.authority.posts(of: person, at: context.occurredAt).contains(where: { $0.party == work.party })
        else {
            throw Rejection(
                rule: "S6",
                reason: "lead-without-post",
                Words("\(person) holds no post of \(work.party).", zh: "\(person) 在 \(work.party) 没有任职。"),
                advice: Words("Name somebody of \(work.party).", zh: "请指定 \(work.party) 的人员。")
            )
        }
        if work.lead == person { return [] }
        return [.groupLeadAssigned(GroupLeadAssigned(incident: incident, group: group, person: person))]
    }
}
