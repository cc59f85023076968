package import EventSourcing
import Records

/// Takes up a closed incident again: all groups begin anew, by the playbook it has (R6.7).
package struct ReopenIncident: Command, Hashable {
    package let incident: IncidentID
    package let reason: String

    package init(
        incident: IncidentID,
        reason: String
    ) {
        self.incident = incident
        self.reason = reason
    }

    package static let description = CommandDescription<ReopenIncident>(
        "ReopenIncident",
        of: .playbooks,
        Words("Reopen the incident", zh: "重启事件"),
        by: [.streetCoordinator, .districtCommand],
        under: "S6",
        isOrder: true,
        Record<ReopenIncident>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: ReopenIncident.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        guard subject.status == .closed, let playbook = subject.playbook else {
            throw subject.refusal(of: Self.description.words)
        }
        guard subject.round < Incident.maximumRounds else {
            throw Rejection(
                rule: "S6",
                reason: "too-many-rounds",
                Words("It was reopened \(subject.round - 1) times.", zh: "该事件已重启 \(subject.round - 1) 次。"),
                advice: Words("Report what is new as a new incident.", zh: "请将新情况另行报告。")
            )
        }
        let limits = context.limits.incidents
        let (groupsUp, summary) = (limits.time(playbook.groupsUpWithin), limits.time(playbook.summaryWithin))
        return [
            .reopened(
                IncidentReopened(
                    incident: incident,
                    round: subject.round + 1,
                    reason: reason,
                    groupsUpBy: context.now + groupsUp,
                    groupsUpLimit: groupsUp,
                    summaryBy: context.now + summary,
                    summaryLimit: summary,
                    deadlines: Incident.firstDeadlines(of: playbook, from: context.now, limits)
                )
            )
        ]
    }
}
