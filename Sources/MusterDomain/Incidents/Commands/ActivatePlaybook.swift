package import EventSourcing
import Records

/// Starts the work on a declared incident by one version of a playbook, which it keeps (R6.7).
package struct ActivatePlaybook: Command, Hashable {
    package let incident: IncidentID
    package let playbook: PlaybookID
    package let version: Int

    package init(
        incident: IncidentID,
        playbook: PlaybookID,
        version: Int
    ) {
        self.incident = incident
        self.playbook = playbook
        self.version = version
    }

    package static let description = CommandDescription<ActivatePlaybook>(
        "ActivatePlaybook",
        of: .playbooks,
        Words("Activate a playbook", zh: "启用预案"),
        by: [.streetCoordinator, .districtCommand],
        under: "R6.7",
        isOrder: true,
        Record<ActivatePlaybook>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("playbook", \.playbook, .identifier(), Words("Playbook", zh: "预案")),
            Field("version", \.version, .integer(1...100_000), Words("Version", zh: "版本")),
            make: ActivatePlaybook.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }
    package static let readsPlaybooks = true

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let about = try subject.requireSubject()
        try context.requireCovers(about.territory)
        switch subject.status {
        case .declared: break
        case .firstDisposal, .followUp, .rechecked, .reopened:
            throw Rejection(
                rule: "R6.7",
                reason: "playbook-kept",
                Words("A running incident keeps its playbook.", zh: "进行中的事件沿用其原有预案。")
            )
        case .suspected, .verified, .closed, .ruledOut, nil: throw subject.refusal(of: Self.description.words)
        }
        guard let found = context.playbooks.playbook(playbook, version: version) else {
            throw Rejection(
                kind: .notFound,
                rule: "R6.7",
                reason: "playbook-unknown",
                Words("Version \(version) of \(playbook) is not published.", zh: "预案 \(playbook) 第 \(version) 版未发布。"),
                advice: context.playbooks.newest(of: playbook).map {
                    Words("The newest version is \($0.version).", zh: "最新版本为第 \($0.version) 版。")
                } ?? Words("The district can publish it.", zh: "可由区里发布。")
            )
        }
        guard found.kind == about.kind else {
            throw Rejection(
                rule: "S6",
                reason: "other-kind",
                Words(
                    "\(playbook) is for \(found.kind), and this incident is of the kind \(about.kind).",
                    zh: "预案 \(playbook) 适用于 \(found.kind)，而本事件类别为 \(about.kind)。"
                )
            )
        }
        let limits = context.limits.incidents
        let (groupsUp, summary) = (limits.time(found.groupsUpWithin), limits.time(found.summaryWithin))
        return [
            .playbookActivated(
                PlaybookActivated(
                    incident: incident,
                    playbook: found,
                    groupsUpBy: context.now + groupsUp,
                    groupsUpLimit: groupsUp,
                    summaryBy: context.now + summary,
                    summaryLimit: summary,
                    deadlines: Incident.firstDeadlines(of: found, from: context.now, limits)
                )
            )
        ]
    }
}
