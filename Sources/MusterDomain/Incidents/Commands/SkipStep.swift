package import EventSourcing
import Records

/// Leaves a step out, with a reason.
package struct SkipStep: Command, Hashable {
    package let incident: IncidentID
    package let step: StepID
    package let reason: String

    package init(
        incident: IncidentID,
        step: StepID,
        reason: String
    ) {
        self.incident = incident
        self.step = step
        self.reason = reason
    }

    package static let description = CommandDescription<SkipStep>(
        "SkipStep",
        of: .playbooks,
        Words("Skip a step", zh: "跳过步骤"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "S6",
        Record<SkipStep>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: SkipStep.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        _ = try subject.requireSubject()
        let playbook = try subject.requirePlaybook(Self.description.words)
        let work = try subject.requireStep(step, of: playbook)
        let group = try subject.requireOwnGroup(work.group, context)
        try subject.requireOpen(work.step.phase, step)
        guard !work.state.isFinished else { throw .stepFinished(step) }
        if work.step.isReport {
            throw Rejection(
                rule: "R6.3",
                reason: "report-needed",
                Words("No group is silent: its report cannot be left out.", zh: "任何工作组都不得缺报，报告不能跳过。")
            )
        }
        if work.step.coversSites {
            throw Rejection(
                rule: "R6.2",
                reason: "sites-needed",
                Words("What covers the sites cannot be left out.", zh: "须覆盖点位的步骤不能跳过。")
            )
        }
        guard work.step.canSkip else {
            throw Rejection(
                rule: "S6",
                reason: "step-needed",
                Words("The playbook does not let \(step) be left out.", zh: "预案规定步骤 \(step) 不能跳过。")
            )
        }
        return [
            .stepSkipped(
                StepSkipped(
                    incident: incident,
                    group: work.group,
                    step: step,
                    party: group.party,
                    reason: reason,
                    deadlines: subject.deadlines(afterFinishing: work, context)
                )
            )
        ]
    }
}
