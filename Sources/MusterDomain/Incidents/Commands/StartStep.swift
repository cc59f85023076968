package import EventSourcing
import Records

/// Begins a step, once what it waits for is finished and what must be checked was checked.
package struct StartStep: Command, Hashable {
    package let incident: IncidentID
    package let step: StepID
    /// What whoever begins has seen to.
    package let checks: [CheckID]

    package init(
        incident: IncidentID,
        step: StepID,
        checks: [CheckID] = []
    ) {
        self.incident = incident
        self.step = step
        self.checks = checks
    }

    package static let description = CommandDescription<StartStep>(
        "StartStep",
        of: .playbooks,
        Words("Start a step", zh: "开始步骤"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "R6.1",
        Record<StartStep>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
            Field(
                "checks",
                \.checks,
                Codec<[CheckID]>.list(of: .identifier(), count: 0...20, isSet: true).orMissing([]),
                Words("Checks seen to", zh: "已检查项")
            ),
            make: StartStep.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        _ = try subject.requireSubject()
        let playbook = try subject.requirePlaybook(Self.description.words)
        let work = try subject.requireStep(step, of: playbook)
        let group = try subject.requireOwnGroup(work.group, context)
        try subject.requireOpen(work.step.phase, step)
        switch work.state {
        case .waiting: break
        case .started, .completed, .skipped:
            throw Rejection(
                rule: "S6",
                reason: "step-begun",
                Words("The step \(step) was begun or left out already.", zh: "步骤 \(step) 已开始或已跳过。")
            )
        }
        try subject.requireNeeds(of: work.step)
        let missing = work.step.requires.filter { !checks.contains($0) }
        guard missing.isEmpty else {
            let names = missing.map { playbook.check($0)?.words ?? Words($0.rawValue, zh: $0.rawValue) }
            throw Rejection(
                rule: "R6.2",
                reason: "check-missing",
                Words(
                    "\(step) starts only after this was checked: \(names.map(\.en).joined(separator: ", ")).",
                    zh: "开始 \(step) 前须先检查：\(names.map(\.zh).joined(separator: "、"))。"
                ),
                advice: Words("Check it, and say so.", zh: "请检查后再确认。")
            )
        }
        return [
            .stepStarted(
                StepStarted(incident: incident, group: work.group, step: step, party: group.party, checks: checks)
            )
        ]
    }
}
