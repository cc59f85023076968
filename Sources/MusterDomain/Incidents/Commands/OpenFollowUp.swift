package import EventSourcing
import Records

/// Begins tracing, monitoring and re-checks; Muster does so by itself once the first disposal is summed up (R6.4).
package struct OpenFollowUp: Command, Hashable {
    package let incident: IncidentID

    package init(
        incident: IncidentID
    ) {
        self.incident = incident
    }

    package static let description = CommandDescription<OpenFollowUp>(
        "OpenFollowUp",
        of: .playbooks,
        Words("Open the follow-up", zh: "开启后续跟进"),
        by: [.streetCoordinator, .districtCommand, .system],
        under: "R6.4",
        Record<OpenFollowUp>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            make: OpenFollowUp.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        let playbook = try subject.requirePlaybook(Self.description.words)
        if subject.status == .followUp || subject.status == .rechecked { return [] }
        guard subject.isSummarised else {
            throw Rejection(
                rule: "R6.4",
                reason: "not-summarised",
                Words("The first disposal has not been summed up.", zh: "首次处置尚未汇总。"),
                advice: Words("The follow-up opens with the summary.", zh: "汇总后自动开启后续跟进。")
            )
        }
        let limits = context.limits.incidents
        return [
            .followUpOpened(
                FollowUpOpened(
                    incident: incident,
                    deadlines: subject.followUpDeadlines(from: context.now, limits),
                    rechecks: playbook.rechecks.map { recheck in
                        let (after, within) = (limits.time(recheck.after), limits.time(recheck.within))
                        return RecheckDeadline(
                            recheck: recheck.recheck,
                            notBefore: context.now + after,
                            dueBy: context.now + after + within,
                            limit: within
                        )
                    }
                )
            )
        ]
    }
}
