import EventSourcing

extension Incident {
    package mutating func evolve(_ event: IncidentEvent, from origin: Origin) {
        switch event {
        case .caseSuspected(let payload):
            subject = Subject(payload)
            status = .suspected
            add(payload.sites)
            start(.verification, payload.verifyBy, payload.limit, origin)
        case .caseVerified(let payload):
            status = .verified
            add(payload.sites)
            clocks[.verification] = nil
        case .caseRuledOut:
            status = .ruledOut
            clocks = [:]
        case .declared(let payload):
            status = .declared
            level = payload.level
        case .playbookActivated(let payload): activate(payload, origin)
        case .groupStoodUp(let payload):
            groups[payload.group] = GroupWork(party: payload.party)
            clocks[.groupUp(payload.group)] = nil
            if status == .reopened { status = .firstDisposal }
        case .groupLeadAssigned(let payload): groups[payload.group]?.lead = payload.person
        case .stepStarted(let payload):
            steps[payload.step]?.state = .started
            steps[payload.step]?.startedAt = origin.occurredAt
        case .stepCompleted(let payload): complete(payload, origin)
        case .stepSkipped(let payload):
            steps[payload.step]?.state = .skipped
            clocks[.step(payload.step)] = nil
            start(payload.deadlines, origin)
        case .firstDisposalSummarised:
            isSummarised = true
            clocks[.summary] = nil
        case .followUpOpened(let payload): open(payload, origin)
        case .recheckPassed(let payload):
            rechecks[payload.recheck]?.isPassed = true
            clocks[.recheck(payload.recheck)] = nil
            if rechecks.values.allSatisfy(\.isPassed) { status = .rechecked }
        case .recheckFailed(let payload):
            rechecks[payload.recheck] = RecheckWork(notBefore: payload.notBefore)
            start(.recheck(payload.recheck), payload.dueBy, payload.limit, origin)
        case .groupStoodDown(let payload): groups[payload.group]?.isStanding = false
        case .closed:
            status = .closed
            clocks = [:]
        case .reopened(let payload): reopen(payload, origin)
        case .deadlineMissed(let payload):
            let clock = IncidentClock(kind: payload.clock, name: payload.name)
            if clocks[clock]?.dueBy == payload.dueBy { clocks[clock]?.isMissed = true }
        case .caseRegistered, .supportRequested: break
        }
    }

    private mutating func add(_ more: [SiteID]) {
        for site in more where !sites.contains(site) { sites.append(site) }
    }

    private mutating func start(_ clock: IncidentClock, _ dueBy: Timestamp, _ limit: Duration, _ origin: Origin) {
        clocks[clock] = IncidentDeadline(dueBy: dueBy, limit: limit, startedBy: origin.event)
    }

    private mutating func start(_ deadlines: [StepDeadline], _ origin: Origin) {
        for deadline in deadlines { start(.step(deadline.step), deadline.dueBy, deadline.limit, origin) }
    }

    private mutating func activate(_ payload: PlaybookActivated, _ origin: Origin) {
        playbook = payload.playbook
        status = .firstDisposal
        begin(round: 1)
        startDisposal(payload.groupsUpBy, payload.groupsUpLimit, payload.summaryBy, payload.summaryLimit, origin)
        start(payload.deadlines, origin)
    }

    private mutating func reopen(_ payload: IncidentReopened, _ origin: Origin) {
        status = .reopened
        begin(round: payload.round)
        startDisposal(payload.groupsUpBy, payload.groupsUpLimit, payload.summaryBy, payload.summaryLimit, origin)
        start(payload.deadlines, origin)
    }

    /// Every group and step begins anew.
    private mutating func begin(round: Int) {
        self.round = round
        groups = [:]
        steps = [:]
        rechecks = [:]
        clocks = [:]
        isSummarised = false
        for group in playbook?.groups ?? [] {
            for step in group.steps { steps[step.step] = StepWork(step: step, group: group.group) }
        }
    }

    private mutating func startDisposal(
        _ groupsUpBy: Timestamp,
        _ groupsUpLimit: Duration,
        _ summaryBy: Timestamp,
        _ summaryLimit: Duration,
        _ origin: Origin
    ) {
        for group in playbook?.groups ?? [] { start(.groupUp(group.group), groupsUpBy, groupsUpLimit, origin) }
        start(.summary, summaryBy, summaryLimit, origin)
    }

    private mutating func complete(_ payload: StepCompleted, _ origin: Origin) {
        steps[payload.step]?.state = .completed
        steps[payload.step]?.covered = Set(payload.sites)
        steps[payload.step]?.completedBy = origin.event
        clocks[.step(payload.step)] = nil
        start(payload.deadlines, origin)
    }

    private mutating func open(_ payload: FollowUpOpened, _ origin: Origin) {
        status = .followUp
        // Whoever has not come by now is not waited for.
        for group in playbook?.groups ?? [] { clocks[.groupUp(group.group)] = nil }
        start(payload.deadlines, origin)
        for recheck in payload.rechecks {
            rechecks[recheck.recheck] = RecheckWork(notBefore: recheck.notBefore)
            start(.recheck(recheck.recheck), recheck.dueBy, recheck.limit, origin)
        }
    }
}

extension Incident.Subject {
    init(_ payload: CaseSuspected) {
        self.init(
            incident: payload.incident,
            kind: payload.kind,
            territory: payload.territory,
            person: payload.person,
            day: payload.day,
            verifyDuty: payload.verifyDuty
        )
    }
}
