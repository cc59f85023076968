import EventSourcing
import Records

/// What many decisions ask of an incident.
extension Incident {
    func requireSubject() throws(Rejection) -> Subject {
        if let subject { return subject }
        throw Rejection(
            kind: .notFound,
            rule: "S6",
            reason: "no-such-incident",
            Words("There is no such incident.", zh: "没有这个事件。")
        )
    }

    /// The lifecycle has no such step from here.
    func refusal(of step: Words) -> Rejection {
        let stage = status?.words ?? Words("Not reported", zh: "未报告")
        return Rejection(
            rule: "S6",
            reason: "wrong-stage",
            Words(
                "\(step.en): not possible while the incident stands at “\(stage.en)”.",
                zh: "事件处于“\(stage.zh)”，不能\(step.zh)。"
            )
        )
    }

    /// The suspicion is open: nobody has verified it or ruled it out.
    func requireSuspected(_ step: Words) throws(Rejection) {
        switch status {
        case .suspected: return
        case .ruledOut:
            throw Rejection(
                rule: "R6.6",
                reason: "ruled-out",
                Words("The case was ruled out.", zh: "该情况已排除。"),
                advice: Words(
                    "What is new is reported as a new incident that names this one.",
                    zh: "如有新情况，请另行报告，并注明本事件。"
                )
            )
        case .verified, .declared, .firstDisposal, .followUp, .rechecked, .closed, .reopened, nil:
            throw refusal(of: step)
        }
    }

    /// Groups work on it: from the activation of its playbook until it is closed.
    func requirePlaybook(_ step: Words) throws(Rejection) -> Playbook {
        switch status {
        case .firstDisposal, .followUp, .rechecked, .reopened:
            if let playbook { return playbook }
            throw refusal(of: step)
        case .verified, .declared:
            throw Rejection(
                rule: "S6",
                reason: "no-playbook",
                Words("No playbook is active for this incident.", zh: "该事件尚未启用预案。"),
                advice: Words("Declare it and activate a playbook first.", zh: "请先宣布事件并启用预案。")
            )
        case .suspected, .ruledOut, .closed, nil: throw refusal(of: step)
        }
    }

    func requireGroup(_ group: GroupID, of playbook: Playbook) throws(Rejection) -> PlaybookGroup {
        if let group = playbook.group(group) { return group }
        throw Rejection(
            kind: .notFound,
            rule: "R6.7",
            reason: "group-unknown",
            Words(
                "Version \(playbook.version) of \(playbook.playbook), which this incident keeps, has no group \(group).",
                zh: "本事件所用预案 \(playbook.playbook) 第 \(playbook.version) 版没有工作组 \(group)。"
            )
        )
    }

    func requireStep(_ step: StepID, of playbook: Playbook) throws(Rejection) -> StepWork {
        if let work = steps[step] { return work }
        throw Rejection(
            kind: .notFound,
            rule: "R6.7",
            reason: "step-unknown",
            Words(
                "Version \(playbook.version) of \(playbook.playbook), which this incident keeps, has no step \(step).",
                zh: "本事件所用预案 \(playbook.playbook) 第 \(playbook.version) 版没有步骤 \(step)。"
            )
        )
    }

    func requireStanding(_ group: GroupID) throws(Rejection) -> GroupWork {
        guard let work = groups[group] else {
            throw Rejection(
                rule: "S6",
                reason: "group-not-up",
                Words("The group \(group) has not stood up.", zh: "工作组 \(group) 尚未到位。"),
                advice: Words("Stand it up first.", zh: "请先让该组到位。")
            )
        }
        guard work.isStanding else {
            throw Rejection(
                rule: "S6",
                reason: "group-stood-down",
                Words("The group \(group) has stood down.", zh: "工作组 \(group) 已撤收。")
            )
        }
        return work
    }

    /// The group of a step stands, has a lead, and is the actor's own.
    func requireOwnGroup(_ group: GroupID, _ context: Context) throws(Rejection) -> GroupWork {
        let work = try requireStanding(group)
        try context.requireActsFor(work.party)
        guard work.lead != nil else {
            throw Rejection(
                rule: "S6",
                reason: "group-without-lead",
                Words("The group \(group) has no lead.", zh: "工作组 \(group) 没有负责人。"),
                advice: Words("Assign a lead first.", zh: "请先指定负责人。")
            )
        }
        return work
    }

    /// Whether steps of a phase are open now.
    func isOpen(_ phase: StepPhase) -> Bool {
        switch phase {
        case .firstDisposal: status == .firstDisposal || status == .followUp || status == .rechecked
        case .followUp: status == .followUp || status == .rechecked
        }
    }

    func requireOpen(_ phase: StepPhase, _ step: StepID) throws(Rejection) {
        if isOpen(phase) { return }
        throw Rejection(
            rule: "R6.4",
            reason: "follow-up-not-open",
            Words("\(step) belongs to the follow-up, which is not open.", zh: "\(step) 属于后续跟进，后续跟进尚未开启。"),
            advice: Words("It opens with the summary of the first disposal.", zh: "首次处置汇总后自动开启。")
        )
    }

    /// What a step waits for is finished; it waits for nothing that the playbook does not name (R6.1).
    func requireNeeds(of step: PlaybookStep) throws(Rejection) {
        let open = step.needs.compactMap { steps[$0] }.filter { !$0.state.isFinished }.map(\.step.words)
        guard open.isEmpty else {
            throw Rejection(
                rule: "R6.1",
                reason: "needs-open",
                Words(
                    "\(step.step) waits for: \(open.map(\.en).joined(separator: ", ")).",
                    zh: "步骤 \(step.step) 须等待：\(open.map(\.zh).joined(separator: "、"))。"
                )
            )
        }
    }

    /// What must cover all sites covers them (R6.2).
    func requireAllSites(_ covered: [SiteID]) throws(Rejection) {
        let covered = Set(covered)
        let missing = sites.filter { !covered.contains($0) }
        guard missing.isEmpty else {
            let list = missing.map(\.rawValue).joined(separator: ", ")
            throw Rejection(
                rule: "R6.2",
                reason: "sites-missing",
                Words("Not all places where it was are covered: \(list).", zh: "尚有点位未覆盖：\(list)。")
            )
        }
    }

    /// Nobody covers a place that is none of the incident's.
    func requireKnownSites(_ covered: [SiteID]) throws(Rejection) {
        let known = Set(sites)
        guard let unknown = covered.first(where: { !known.contains($0) }) else { return }
        throw Rejection(
            rule: "R6.2",
            reason: "site-unknown",
            Words("\(unknown) is no site of this incident.", zh: "\(unknown) 不是本事件的点位。")
        )
    }

    /// Sites that are added to those that are known.
    func requireNewSites(_ names: [SiteID], at places: [String]) throws(Rejection) {
        guard names.count == places.count else {
            throw Rejection(
                rule: "S6",
                reason: "places-missing",
                Words("Each site has one place, in the same order.", zh: "点位与地点须一一对应，顺序一致。")
            )
        }
        guard Set(names).count == names.count, Set(sites).isDisjoint(with: names) else {
            throw Rejection(
                rule: "S6",
                reason: "site-repeated",
                Words("Each site is named once.", zh: "每个点位只能有一个名称，且不得重复。")
            )
        }
        guard sites.count + names.count <= Self.maximumSites else {
            throw Rejection(
                rule: "S6",
                reason: "too-many-sites",
                Words(
                    "An incident has at most \(Self.maximumSites) sites.",
                    zh: "一个事件最多 \(Self.maximumSites) 个点位。"
                )
            )
        }
    }
}

extension Rejection {
    static func stepFinished(_ step: StepID) -> Rejection {
        Rejection(
            rule: "S6",
            reason: "step-finished",
            Words("The step \(step) is finished already.", zh: "步骤 \(step) 已完成或已跳过。")
        )
    }
}
