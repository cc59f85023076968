package import EventSourcing
import Records

/// Says that a group needs help.
package struct RequestSupport: Command, Hashable {
    package let incident: IncidentID
    package let group: GroupID
    package let text: String

    package init(
        incident: IncidentID,
        group: GroupID,
        text: String
    ) {
        self.incident = incident
        self.group = group
        self.text = text
    }

    package static let description = CommandDescription<RequestSupport>(
        "RequestSupport",
        of: .playbooks,
        Words("Request support", zh: "请求支援"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "S6",
        Record<RequestSupport>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
            Field("text", \.text, .prose(), Words("What is needed", zh: "所需支援")),
            make: RequestSupport.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        _ = try subject.requireSubject()
        let playbook = try subject.requirePlaybook(Self.description.words)
        _ = try subject.requireGroup(group, of: playbook)
        let work = try subject.requireStanding(group)
        try context.requireActsFor(work.party)
        return [
            .supportRequested(SupportRequested(incident: incident, group: group, party: work.party, text: text))
        ]
    }
}
