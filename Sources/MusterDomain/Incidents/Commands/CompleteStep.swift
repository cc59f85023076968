package import EventSourcing
import Records

/// Says that a step is done, with what shows it.
package struct CompleteStep: Command, Hashable {
    package let incident: IncidentID
    package let step: StepID
    package let text: String?
    package let photo: String?
    package let figure: Double?
    package let unit: String?
    package let sites: [SiteID]
    /// The completion that this one puts right (R0.4); nil for the first.
    package let corrects: EventID?

    package init(
        incident: IncidentID,
        step: StepID,
        text: String? = nil,
        photo: String? = nil,
        figure: Double? = nil,
        unit: String? = nil,
        sites: [SiteID] = [],
        corrects: EventID? = nil
    ) {
        self.incident = incident
        self.step = step
        self.text = text
        self.photo = photo
        self.figure = figure
        self.unit = unit
        self.sites = sites
        self.corrects = corrects
    }

    package static let description = CommandDescription<CompleteStep>(
        "CompleteStep",
        of: .playbooks,
        Words("Complete a step", zh: "完成步骤"),
        by: [
            .gridWorker, .communityHead, .streetCoordinator, .districtCommand, .departmentOfficer, .propertyManager,
            .ngoCoordinator,
        ],
        under: "S6",
        Record<CompleteStep>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            Field("photo", \.photo, Codec<String>.line(500).optional, Words("Photo reference", zh: "照片索引")),
            Field("figure", \.figure, Codec<Double>.number(StepEvidence.figures).optional, Words("Figure", zh: "数值")),
            Field("unit", \.unit, Codec<String>.line(20).optional, Words("Unit", zh: "单位")),
            Field("sites", \.sites, IncidentSites.names, Words("Sites covered", zh: "覆盖点位")),
            Field("corrects", \.corrects, Codec.eventID.optional, Words("Corrects", zh: "更正")),
            make: CompleteStep.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        let about = try subject.requireSubject()
        let playbook = try subject.requirePlaybook(Self.description.words)
        let work = try subject.requireStep(step, of: playbook)
        let group = try subject.requireOwnGroup(work.group, context)
        try requireState(work, context)
        try requireEvidence(work.step.evidence)
        try subject.requireKnownSites(sites)
        if work.step.coversSites { try subject.requireAllSites(sites) }
        return [
            .stepCompleted(
                StepCompleted(
                    incident: incident,
                    group: work.group,
                    step: step,
                    party: group.party,
                    person: about.person,
                    text: text,
                    photo: photo,
                    figure: figure,
                    unit: work.step.evidence.unit,
                    sites: sites,
                    isLate: corrects == nil && subject.isLate(.step(step), context),
                    deadlines: corrects == nil ? subject.deadlines(afterFinishing: work, context) : [],
                    corrects: corrects
                )
            )
        ]
    }

    private func requireState(_ work: StepWork, _ context: Context) throws(Rejection) {
        if let corrects {
            guard work.state == .completed, work.completedBy == corrects else {
                throw Rejection(
                    rule: "R0.4",
                    reason: "nothing-to-correct",
                    Words(
                        "\(corrects) is not the completion of \(step) that stands.",
                        zh: "\(corrects) 不是步骤 \(step) 现行的完成记录。"
                    ),
                    advice: Words("Name the latest; nothing is edited in place.", zh: "请指明最新的记录；任何记录都不就地修改。")
                )
            }
            return
        }
        switch work.state {
        case .started: break
        case .waiting:
            throw Rejection(
                rule: "S6",
                reason: "step-not-started",
                Words("The step \(step) was not started.", zh: "步骤 \(step) 尚未开始。"),
                advice: Words("Start it first.", zh: "请先开始该步骤。")
            )
        case .completed, .skipped: throw .stepFinished(step)
        }
        // Two people's clocks may differ by as much as one may run ahead.
        if let startedAt = work.startedAt, context.occurredAt + context.limits.clockAhead < startedAt {
            throw Rejection(
                rule: "S6",
                reason: "done-before-start",
                Words("\(step) cannot be done before it was started.", zh: "步骤 \(step) 不能在开始之前完成。")
            )
        }
    }

    private func requireEvidence(_ evidence: StepEvidence) throws(Rejection) {
        switch evidence.kind {
        case .none: return
        case .text: if text != nil { return }
        case .photo: if photo != nil { return }
        case .figure:
            if let figure { return try require(figure, evidence) }
        }
        throw Rejection(
            rule: "S6",
            reason: "evidence-missing",
            Words(
                "\(step) is done only with its evidence: \(evidence.kind.words.en).",
                zh: "步骤 \(step) 须附凭证：\(evidence.kind.words.zh)。"
            )
        )
    }

    private func require(_ figure: Double, _ evidence: StepEvidence) throws(Rejection) {
        let needed = evidence.unit ?? ""
        guard unit == evidence.unit else {
            throw Rejection(
                rule: "S6",
                reason: "other-unit",
                Words("The figure of \(step) is in \(needed).", zh: "步骤 \(step) 的数值单位应为 \(needed)。"),
                advice: Words("Convert it, and name the unit.", zh: "请换算并注明单位。")
            )
        }
        let (minimum, maximum) = (evidence.minimum ?? figure, evidence.maximum ?? figure)
        guard figure >= minimum, figure <= maximum else {
            throw Rejection(
                rule: "S6",
                reason: "figure-out-of-range",
                Words(
                    "The figure of \(step) lies between \(minimum) and \(maximum) \(needed).",
                    zh: "步骤 \(step) 的数值应在 \(minimum) 到 \(maximum) \(needed) 之间。"
                )
            )
        }
    }
}
