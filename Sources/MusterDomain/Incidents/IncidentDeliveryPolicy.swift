import EventSourcing
import Records

/// Brings to each party its part of an incident (S6): a suspicion to whoever verifies it, and what was verified to the street;
/// to those who form groups that they are needed; to the party of a group that the group is up, and each of its steps when
/// its time begins to run; to whoever runs the incident the summary and the re-checks that are due, and what help groups ask
/// for.
package struct IncidentDeliveryPolicy: Policy {
    package static let name = "incident-deliveries"

    /// What later events of an incident do not repeat.
    private struct Brief {
        let territory: TerritoryID
        /// Nil before the activation.
        var playbook: Playbook?
        /// Who runs it: whoever activated its playbook, or reopened it. Nil before.
        var command: PartyID?
        /// Of the groups that stand.
        var parties: [GroupID: PartyID] = [:]
        /// Of the steps whose time runs.
        var due: [StepID: Timestamp] = [:]

        /// The group that has a step.
        func group(of step: StepID) -> PlaybookGroup? {
            playbook?.groups.first { group in group.steps.contains { $0.step == step } }
        }
    }

    private var offices = Offices()
    private var lists: [ResponsibilityList] = []
    /// A closed incident may be reopened: only what that needs is kept of it.
    private var briefs: [IncidentID: Brief] = [:]

    package init() {}

    // MARK: Folding

    package mutating func evolve(_ fact: Fact) {
        offices.evolve(fact)
        if case .authority(.responsibilityListPublished(let payload)) = fact.event { lists.publish(payload) }
        guard case .incident(let event) = fact.event else { return }
        let incident = event.incident
        switch event {
        case .caseSuspected(let payload): briefs[incident] = Brief(territory: payload.territory)
        case .caseRuledOut: briefs[incident] = nil
        case .playbookActivated(let payload):
            let playbook = shared(payload.playbook)
            briefs[incident]?.playbook = playbook
            begin(incident, payload.deadlines, fact)
        case .reopened(let payload): begin(incident, payload.deadlines, fact)
        case .groupStoodUp(let payload): briefs[incident]?.parties[payload.group] = payload.party
        case .groupStoodDown(let payload): briefs[incident]?.parties[payload.group] = nil
        case .stepCompleted(let payload): finish(payload.step, payload.deadlines, of: incident)
        case .stepSkipped(let payload): finish(payload.step, payload.deadlines, of: incident)
        case .followUpOpened(let payload): start(payload.deadlines, of: incident)
        case .closed:
            briefs[incident]?.parties = [:]
            briefs[incident]?.due = [:]
        case .caseRegistered, .caseVerified, .declared, .groupLeadAssigned, .stepStarted, .supportRequested,
            .firstDisposalSummarised, .recheckPassed, .recheckFailed, .deadlineMissed:
            break
        }
    }

    /// Incidents with the same version of a playbook hold it once.
    private func shared(_ playbook: Playbook) -> Playbook {
        briefs.values.lazy.compactMap(\.playbook).first { $0 == playbook } ?? playbook
    }

    private mutating func begin(_ incident: IncidentID, _ deadlines: [StepDeadline], _ fact: Fact) {
        briefs[incident]?.command = fact.origin.actor.party
        briefs[incident]?.parties = [:]
        briefs[incident]?.due = [:]
        start(deadlines, of: incident)
    }

    private mutating func finish(_ step: StepID, _ deadlines: [StepDeadline], of incident: IncidentID) {
        briefs[incident]?.due[step] = nil
        start(deadlines, of: incident)
    }

    private mutating func start(_ deadlines: [StepDeadline], of incident: IncidentID) {
        for deadline in deadlines { briefs[incident]?.due[deadline.step] = deadline.dueBy }
    }

    // MARK: Reacting

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .incident(let event) = fact.event, let brief = briefs[event.incident] else { return [] }
        let incident = event.incident
        switch event {
        case .caseSuspected(let payload): return verification(payload, brief, fact)
        case .caseVerified: return declaration(of: incident, brief, fact)
        case .playbookActivated(let payload):
            return summary(of: incident, due: payload.summaryBy, brief, fact)
                + groups(of: incident, due: payload.groupsUpBy, brief, fact)
        case .reopened(let payload):
            return summary(of: incident, due: payload.summaryBy, brief, fact)
                + groups(of: incident, due: payload.groupsUpBy, brief, fact)
        case .groupStoodUp(let payload): return group(payload, brief, fact)
        case .stepCompleted(let payload): return steps(payload.deadlines.map(\.step), of: incident, brief, fact)
        case .stepSkipped(let payload): return steps(payload.deadlines.map(\.step), of: incident, brief, fact)
        case .supportRequested(let payload): return support(payload, brief, fact)
        case .followUpOpened(let payload):
            return steps(payload.deadlines.map(\.step), of: incident, brief, fact)
                + payload.rechecks.flatMap { recheck in
                    self.recheck(recheck.recheck, of: incident, recheck.notBefore, recheck.dueBy, brief, fact)
                }
        case .recheckFailed(let payload):
            return recheck(payload.recheck, of: incident, payload.notBefore, payload.dueBy, brief, fact)
        case .caseRegistered, .caseRuledOut, .declared, .groupLeadAssigned, .stepStarted, .firstDisposalSummarised,
            .recheckPassed, .groupStoodDown, .closed, .deadlineMissed:
            return []
        }
    }

    /// Goes to whom the list names; what nobody has on it the district takes (R1.5).
    private func verification(_ payload: CaseSuspected, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        let party =
            payload.verifyDuty.flatMap { responsible(for: $0, in: brief, fact) }
            ?? offices.nearest(.districtCommand, to: brief.territory, at: fact.origin.recordedAt)
        guard let party else { return [] }
        let words = Words("Verify it, or rule it out", zh: "核实或排除")
        let task = task(.verification, of: payload.incident, words.inBoth, brief, due: payload.verifyBy)
        return [deliver(task, to: party, words, fact)]
    }

    private func declaration(of incident: IncidentID, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        let (place, now) = (brief.territory, fact.origin.recordedAt)
        let office =
            offices.nearest(.streetCoordinator, to: place, at: now)
            ?? offices.nearest(.districtCommand, to: place, at: now)
        guard let office else { return [] }
        let words = Words("Declare it and choose a playbook", zh: "宣布事件并启用预案")
        return [deliver(task(.declaration, of: incident, words.inBoth, brief), to: office, words, fact)]
    }

    /// All groups at once: none waits for another (R6.1).
    private func groups(of incident: IncidentID, due: Timestamp, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        (brief.playbook?.groups ?? []).compactMap { group in
            guard let party = former(of: group, brief, fact) else { return nil }
            let task = task(.standUp, of: incident, group.words.inBoth, brief, group: group.group, due: due)
            return deliver(task, to: party, part: group.group.rawValue, group.words, fact)
        }
    }

    /// Who is to form a group: whom the list names for its duty, or the office of its kind; else whoever runs the incident
    /// finds somebody.
    private func former(of group: PlaybookGroup, _ brief: Brief, _ fact: Fact) -> PartyID? {
        let (place, now) = (brief.territory, fact.origin.recordedAt)
        if let party = group.duty.flatMap({ responsible(for: $0, in: brief, fact) }) { return party }
        let office: PartyID? =
            switch group.partyKind {
            case .community: offices.nearest(.communityHead, to: place, at: now)
            case .street: offices.nearest(.streetCoordinator, to: place, at: now)
            case .district: offices.nearest(.districtCommand, to: place, at: now)
            case .department, .property, .ngo, .ownersCommittee, .residents, .hotline, .inspectorate, nil: nil
            }
        return office ?? brief.command
    }

    private func responsible(for duty: DutyID, in brief: Brief, _ fact: Fact) -> PartyID? {
        lists.inForce(at: fact.origin.recordedAt)?
            .entry(for: duty, in: brief.territory, of: offices.territories)?.responsible
    }

    private func summary(of incident: IncidentID, due: Timestamp, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        guard let command = brief.command else { return [] }
        let words = Words("Sum up the first disposal", zh: "汇总首次处置")
        let task = task(.summary, of: incident, words.inBoth, brief, due: due)
        return [deliver(task, to: command, words, fact)]
    }

    /// A group that has come gets the steps whose time runs already with it.
    private func group(_ payload: GroupStoodUp, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        guard let group = brief.playbook?.group(payload.group) else { return [] }
        let task = task(.group, of: payload.incident, group.words.inBoth, brief, group: group.group)
        return [deliver(task, to: payload.party, group.words, fact)]
            + steps(group.steps.map(\.step), of: payload.incident, brief, fact)
    }

    /// The steps among these whose time runs and whose group is there.
    private func steps(_ steps: [StepID], of incident: IncidentID, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        steps.compactMap { id in
            guard let due = brief.due[id], let group = brief.group(of: id), let party = brief.parties[group.group],
                let step = group.steps.first(where: { $0.step == id })
            else { return nil }
            let task = task(.step, of: incident, step.words.inBoth, brief, group: group.group, step: id, due: due)
            return deliver(task, to: party, part: id.rawValue, step.words, fact)
        }
    }

    /// Goes to whoever runs the incident, or, when that party itself asks, to the office above.
    private func support(_ payload: SupportRequested, _ brief: Brief, _ fact: Fact) -> [Reaction] {
        let offices = offices.offices(from: brief.territory, at: fact.origin.recordedAt)
        let above = offices.lastIndex(of: payload.party).map { offices[($0 + 1)...] } ?? offices[...]
        guard let group = brief.playbook?.group(payload.group),
            let helper = ([brief.command].compactMap(\.self) + above).first(where: { $0 != payload.party })
        else { return [] }
        let task = task(.support, of: payload.incident, payload.text, brief, group: payload.group)
        return [deliver(task, to: helper, group.words, fact)]
    }

    private func recheck(
        _ recheck: RecheckID,
        of incident: IncidentID,
        _ notBefore: Timestamp,
        _ due: Timestamp,
        _ brief: Brief,
        _ fact: Fact
    ) -> [Reaction] {
        guard let command = brief.command, let described = brief.playbook?.recheck(recheck) else { return [] }
        let task = task(
            .recheck,
            of: incident,
            described.words.inBoth,
            brief,
            recheck: recheck,
            notBefore: notBefore,
            due: due
        )
        return [deliver(task, to: command, part: recheck.rawValue, described.words, fact)]
    }

    private func task(
        _ kind: TaskDeliveryKind,
        of incident: IncidentID,
        _ text: String,
        _ brief: Brief,
        group: GroupID? = nil,
        step: StepID? = nil,
        recheck: RecheckID? = nil,
        notBefore: Timestamp? = nil,
        due: Timestamp? = nil
    ) -> IncidentDelivery {
        IncidentDelivery(
            incident: incident,
            kind: kind,
            title: brief.playbook?.words.inBoth ?? incident.rawValue,
            territory: brief.territory,
            text: text,
            group: group,
            step: step,
            recheck: recheck,
            notBefore: notBefore,
            due: due
        )
    }

    private func deliver(
        _ task: IncidentDelivery,
        to party: PartyID,
        part: String? = nil,
        _ words: Words,
        _ fact: Fact
    ) -> Reaction {
        let line = Words("\(words.en), \(task.incident)", zh: "\(words.zh)，\(task.incident)")
        return .deliver(TaskDelivery(.incident(task), to: party, because: fact, part: part, line: line))
    }
}
