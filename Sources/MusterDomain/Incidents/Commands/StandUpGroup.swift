package import EventSourcing
import Records

/// Says that a group is there: formed by a party that the playbook allows.
package struct StandUpGroup: Command, Hashable {
    package let incident: IncidentID
    package let group: GroupID
    /// Who forms it.
    package let party: PartyID

    package init(
        incident: IncidentID,
        group: GroupID,
        party: PartyID
    ) {
        self.incident = incident
        self.group = group
        self.party = party
    }

    package static let description = CommandDescription<StandUpGroup>(
        "StandUpGroup",
        of: .playbooks,
        Words("Stand up a group", zh: "工作组到位"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "R6.1",
        Record<StandUpGroup>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            make: StandUpGroup.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let territory = try subject.requireSubject().territory
        let playbook = try subject.requirePlaybook(Self.description.words)
        let group = try subject.requireGroup(group, of: playbook)
        guard subject.groups[group.group]?.isStanding != true else {
            throw Rejection(
                rule: "S6",
                reason: "group-up-already",
                Words("The group \(group.group) has stood up already.", zh: "工作组 \(group.group) 已到位。")
            )
        }
        let registered = try context.requireParty(party)
        try context.requireCommands(party, in: territory)
        if let kind = group.partyKind, registered.kind != kind {
            throw Rejection(
                rule: "S6",
                reason: "other-party-kind",
                Words(
                    "The group \(group.group) is formed by a party of the kind: \(kind.words.en).",
                    zh: "工作组 \(group.group) 须由\(kind.words.zh)组成。"
                )
            )
        }
        if let duty = group.duty { try context.requireOnList(party, duty: duty, in: territory) }
        return [
            .groupStoodUp(
                GroupStoodUp(
                    incident: incident,
                    group: group.group,
                    party: party,
                    isLate: subject.isLate(.groupUp(group.group), context)
                )
            )
        ]
    }
}
