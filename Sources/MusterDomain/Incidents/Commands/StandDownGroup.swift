package import EventSourcing
import Records

/// Frees a group whose steps are all finished.
package struct StandDownGroup: Command, Hashable {
    package let incident: IncidentID
    package let group: GroupID
    package let text: String?

    package init(
        incident: IncidentID,
        group: GroupID,
        text: String? = nil
    ) {
        self.incident = incident
        self.group = group
        self.text = text
    }

    package static let description = CommandDescription<StandDownGroup>(
        "StandDownGroup",
        of: .playbooks,
        Words("Stand down a group", zh: "工作组撤收"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "S6",
        Record<StandDownGroup>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            make: StandDownGroup.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let territory = try subject.requireSubject().territory
        let playbook = try subject.requirePlaybook(Self.description.words)
        let described = try subject.requireGroup(group, of: playbook)
        let work = try subject.requireStanding(group)
        try context.requireCommands(work.party, in: territory)
        let open = described.steps.filter { subject.steps[$0.step]?.state.isFinished != true }
        guard open.isEmpty else {
            throw Rejection(
                rule: "S6",
                reason: "steps-open",
                Words(
                    "Steps of the group are open: \(open.map(\.words.en).joined(separator: ", ")).",
                    zh: "该组尚有未完成的步骤：\(open.map(\.words.zh).joined(separator: "、"))。"
                ),
                advice: Words("Complete them, or leave them out with a reason.", zh: "请完成，或说明理由后跳过。")
            )
        }
        return [
            .groupStoodDown(GroupStoodDown(incident: incident, group: group, party: work.party, text: text))
        ]
    }
}
