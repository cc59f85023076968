import EventSourcing

/// What events do to a household. Commands use the same to say how their building stands after them.
extension Household {
    init(_ payload: HouseholdRegistered, _ event: EventID?) {
        self.init(
            address: Address(payload.unit, payload.door),
            contact: payload.contact,
            addressBy: event,
            contactBy: event,
            staleBy: payload.staleBy
        )
    }

    mutating func take(_ payload: VisitRecorded, at time: Timestamp, _ event: EventID?) {
        guard !payload.isOvertaken else { return }
        lastVisit = Visit(at: time, event: event)
        attemptsBefore = attempts
        take(payload.outcome, attempt: payload.attempt, revisitBy: payload.revisitBy, staleBy: payload.staleBy)
        if payload.outcome == .met {
            undeclared = Set(payload.undeclared)
            checkBy = payload.checkBy ?? checkBy
        }
    }

    mutating func take(_ payload: MemberDeclared, _ event: EventID?) {
        members[payload.person] = Member(presence: payload.presence, declaredBy: event)
        undeclared.remove(payload.person)
        refresh(until: payload.staleBy)
    }

    mutating func take(_ payload: VulnerableFlagged, _ event: EventID?) {
        vulnerability = Vulnerability(person: payload.person, reviewBy: payload.reviewBy, flaggedBy: event)
        checkBy = payload.checkBy ?? checkBy
    }

    mutating func take(_ payload: RecordCorrected, _ event: EventID?) {
        switch payload.part {
        case .address:
            address = Address(payload.unit ?? address.unit, payload.door ?? address.door)
            addressBy = event
        case .contact:
            contact = payload.person
            contactBy = event
        case .member:
            if let person = payload.person { members[person]?.declaredBy = event }
        case .visit:
            guard let outcome = payload.outcome else { return }
            lastVisit?.event = event
            hasMoved = false
            take(outcome, attempt: payload.attempt, revisitBy: payload.revisitBy, staleBy: payload.staleBy)
            if outcome != .met {
                isCovered = false
                undeclared = []
            }
        case .vulnerability:
            vulnerability = nil
            checkBy = nil
        }
    }

    private mutating func take(
        _ outcome: VisitOutcome,
        attempt: Int,
        revisitBy: Timestamp?,
        staleBy: Timestamp?
    ) {
        attempts = attempt
        self.revisitBy = revisitBy
        isRevisitMissed = false
        switch outcome {
        case .met:
            isCovered = true
            isReferred = false
            if let staleBy { refresh(until: staleBy) }
        case .moved:
            hasMoved = true
            isReferred = false
            vulnerability = nil
            checkBy = nil
            undeclared = []
        case .noAnswer, .refused: break
        }
    }

    private mutating func refresh(until time: Timestamp) {
        staleBy = max(staleBy, time)
        isStale = false
    }
}
