import EventSourcing

extension Matter {
    package mutating func evolve(_ event: MatterEvent, from origin: Origin) {
        switch event {
        case .raised(let payload):
            subject = Subject(payload)
            stage = .raised
        case .investigatorAssigned(let payload):
            investigator = payload.person
            if stage == .raised { stage = .investigating }
        case .findingsRecorded(let payload):
            needsDepartment = payload.needsDepartment
            if let corrected = payload.corrects { findings.remove(corrected) }
            if let event = origin.event { findings.insert(event) }
            if stage == .raised { stage = .investigating }
        case .resolvedLocally: stage = .resolvedLocally
        case .consentRequested: stage = .awaitingConsent
        case .consentGiven(let payload):
            if payload.isRatification { ratify(.given) } else { stage = .consented }
        case .consentRefused(let payload):
            if payload.isRatification { ratify(.refused) } else { stage = .investigating }
        case .whistleBlown(let payload): open(payload, origin)
        case .whistleWithdrawn: withdraw()
        case .whistleAccepted(let payload): accept(payload, origin)
        case .competenceDisputed(let payload): dispute(payload, origin)
        case .competenceRuled(let payload): rule(payload, origin)
        case .departmentArrived(let payload): arrive(payload, origin)
        case .jointPlanAgreed: plan()
        case .taskDelegated(let payload):
            tasks.append(MatterTask(payload, from: origin))
        case .taskCompleted(let payload):
            if let index = tasks.firstIndex(where: { $0.task == payload.task }) { tasks[index].isDone = true }
        case .actionCompleted(let payload):
            updateRound { round in round.update(payload.department) { $0.state = .done } }
        case .filedWithSuperior(let payload): file(payload.side)
        case .feedbackAsked(let payload):
            stage = .awaitingFeedback(
                FeedbackQuestion(
                    answerBy: payload.answerBy,
                    limit: payload.limit,
                    askedBy: origin.event,
                    waitsFor: reporters
                )
            )
        case .feedbackGiven(let payload):
            if payload.solved { takeAnswer(of: origin.actor.person) }
        case .feedbackMissing: endQuestion()
        case .closed:
            stage = .closed
            closedAt = origin.occurredAt
            closedBy = origin.actor.party
        case .appealed(let payload): review = MatterReview(decideBy: payload.decideBy, closedBy: closedBy)
        case .reviewStarted: review?.reviewer = origin.actor.party
        case .reviewDecided(let payload): review?.outcome = payload.isUpheld ? .upheld : .dismissed
        case .reviewOverdue: review?.isOverdue = true
        case .reopened(let payload): reopen(payload, origin)
        case .departmentNoShow(let payload):
            updateClock(payload.department, payload.dueAt) { $0.isNoShow = true }
        case .whistleEscalated(let payload):
            updateClock(payload.department, payload.dueAt) { $0.told.insert(payload.level) }
        case .merged(let payload):
            stage = .closed
            closedAt = origin.occurredAt
            closedBy = origin.actor.party
            mergedInto = payload.into
        case .reportersJoined(let payload): join(payload.reporters)
        case .findingsHandedOver, .helpOffered: break
        }
    }

    private mutating func takeAnswer(of person: PersonID) {
        guard !joinedReporters.isEmpty, case .awaitingFeedback(var question) = stage else {
            return stage = .answered(.solved)
        }
        question.waitsFor.remove(person)
        question.answered.insert(person)
        stage = question.waitsFor.isEmpty ? .answered(.solved) : .awaitingFeedback(question)
    }

    /// Those who answered in time speak for the silent.
    private mutating func endQuestion() {
        guard case .awaitingFeedback(let question) = stage, !question.answered.isEmpty else {
            return stage = .answered(.missing)
        }
        stage = .answered(.solved)
    }

    /// Whoever joins while the question is open is asked too.
    private mutating func join(_ reporters: [PersonID]) {
        joinedReporters.formUnion(reporters)
        guard case .awaitingFeedback(var question) = stage else { return }
        question.waitsFor.formUnion(reporters)
        stage = .awaitingFeedback(question)
    }

    private mutating func updateRound(_ change: (inout WhistleRound) -> Void) {
        guard !rounds.isEmpty else { return }
        change(&rounds[rounds.count - 1])
    }

    private mutating func updateClock(_ department: PartyID, _ due: Timestamp, _ change: (inout RunningClock) -> Void) {
        updateRound { round in
            round.update(department) { call in
                guard var clock = call.clock, clock.due == due else { return }
                change(&clock)
                call.clock = clock
            }
        }
    }

    private mutating func ratify(_ result: WhistleRound.Ratification) {
        updateRound { $0.ratification = result }
    }

    private mutating func open(_ payload: WhistleBlown, _ origin: Origin) {
        let clock = RunningClock(
            step: .accept,
            due: payload.acceptBy,
            limit: payload.limit,
            ladder: payload.ladder,
            startedBy: origin.event
        )
        rounds.append(
            WhistleRound(
                number: payload.round,
                kind: payload.kind,
                urgency: payload.urgency,
                duty: payload.duty,
                blownAt: origin.occurredAt,
                lead: payload.lead,
                calls: payload.departments.map { DepartmentCall(department: $0, state: .blown(clock)) },
                ratification: payload.needsRatification ? .waiting : .notNeeded
            )
        )
        filings = []
        stage = .whistled
    }

    private mutating func withdraw() {
        updateRound { round in
            for index in round.calls.indices where round.calls[index].isCalled {
                round.calls[index].state = .withdrawn
            }
            round.state = .withdrawn
        }
        filings = []
        stage = .investigating
    }

    private mutating func accept(_ payload: WhistleAccepted, _ origin: Origin) {
        let clock = RunningClock(
            step: .onScene,
            due: payload.onSceneBy,
            limit: payload.limit,
            ladder: payload.ladder,
            startedBy: origin.event
        )
        updateRound { round in
            if payload.becomesLead { round.lead = payload.department }
            round.update(payload.department) { $0.state = .enRoute(clock) }
        }
    }

    private mutating func dispute(_ payload: CompetenceDisputed, _ origin: Origin) {
        updateRound { round in
            round.update(payload.department) { call in
                guard case .blown(var clock) = call.state else { return }
                if !payload.clockRuns { clock.pause = RunningClock.Pause(event: origin.event) }
                call.state = .disputed(clock)
                call.hasDisputed = true
            }
        }
    }

    private mutating func rule(_ payload: CompetenceRuled, _ origin: Origin) {
        let fresh: RunningClock? =
            if let due = payload.acceptBy, let limit = payload.limit {
                RunningClock(step: .accept, due: due, limit: limit, ladder: payload.ladder, startedBy: origin.event)
            } else {
                nil
            }
        updateRound { round in
            round.lead = payload.lead
            round.update(payload.department) { call in
                guard case .disputed(let clock) = call.state else { return }
                call.state = payload.upheld ? .released : .blown(fresh ?? clock)
            }
            if payload.upheld, let replacement = payload.replacement, let fresh {
                round.calls.append(DepartmentCall(department: replacement, state: .blown(fresh)))
            }
        }
    }

    private mutating func arrive(_ payload: DepartmentArrived, _ origin: Origin) {
        let clock: RunningClock? =
            if let due = payload.actBy, let limit = payload.limit {
                RunningClock(step: .act, due: due, limit: limit, ladder: payload.ladder, startedBy: origin.event)
            } else {
                nil
            }
        updateRound { round in
            let isPlanned = round.hasPlan
            round.update(payload.department) { $0.state = isPlanned ? .acting(clock) : .onScene(clock) }
        }
        if stage == .whistled || stage == .reopened { stage = .inAction }
    }

    private mutating func plan() {
        updateRound { round in
            round.hasPlan = true
            for index in round.calls.indices where round.calls[index].isOnScene {
                round.calls[index].state = .acting(round.calls[index].clock)
            }
        }
    }

    private mutating func file(_ side: FilingSide) {
        filings.insert(side)
        guard filings.count == FilingSide.allCases.count else { return }
        stage = .filedBoth
        updateRound { round in
            // A reopening calls the lead alone.
            for index in round.calls.indices { round.calls[index].end() }
            round.state = .over
        }
    }

    private mutating func reopen(_ payload: MatterReopened, _ origin: Origin) {
        filings = []
        closedAt = nil
        review = nil
        guard let lead = payload.lead, let due = payload.onSceneBy, let limit = payload.limit else {
            stage = .investigating
            return
        }
        let clock = RunningClock(
            step: .onScene,
            due: due,
            limit: limit,
            ladder: payload.ladder,
            startedBy: origin.event
        )
        updateRound { round in
            round.state = .open
            round.hasPlan = false
            round.update(lead) { $0.state = .enRoute(clock) }
        }
        stage = .reopened
    }
}

extension Matter.Subject {
    init(_ payload: MatterRaised) {
        self.init(
            matter: payload.matter,
            report: payload.report,
            kind: payload.kind,
            territory: payload.territory,
            reporter: payload.reporter,
            urgency: payload.urgency
        )
    }
}

extension MatterTask {
    init(_ payload: TaskDelegated, from origin: Origin) {
        self.init(
            task: payload.task,
            party: payload.party,
            sender: origin.actor.party,
            duty: payload.duty,
            due: payload.dueBy,
            limit: payload.limit,
            startedBy: origin.event
        )
    }
}
