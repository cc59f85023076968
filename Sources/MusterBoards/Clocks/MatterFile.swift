import EventSourcing
import MusterDomain

/// What the boards keep of one matter besides its state: prose for people, and the events that its clocks point at.
struct MatterFile: Sendable {
    /// A filing of one side.
    struct Filing: Hashable, Sendable {
        let party: PartyID
        let at: Timestamp
        let position: Position
    }

    /// A department's objection to its competence.
    struct Dispute: Hashable, Sendable {
        let duty: DutyID
        let argument: String
        let at: Timestamp
        let position: Position
    }

    /// A question to the community's head whether to blow the whistle, and how it went (R3.2).
    struct Approval: Hashable, Sendable {
        let askedAt: Timestamp
        /// Nil where no limit was recorded.
        let answerBy: Timestamp?
        let limit: Duration?
        /// When it was refused, and by whom; nil while nobody has answered.
        fileprivate(set) var refusedAt: Timestamp?
        fileprivate(set) var refusedBy: PartyID?
    }

    /// What a department did since the last whistle, or failed to do.
    struct History: Sendable {
        let department: PartyID
        /// Nil when it has not objected, or when that was ruled on.
        fileprivate(set) var dispute: Dispute?
        fileprivate(set) var noShowAt: Timestamp?
        fileprivate(set) var escalatedAt: Timestamp?
        fileprivate(set) var arrival: EventMark?
        fileprivate(set) var action: EventMark?
    }

    let id: MatterID
    private(set) var matter = Matter()
    private(set) var title = ""
    private(set) var place = ""
    /// Whose the title and the place are; with their key they are encrypted in the log.
    private(set) var subject: PersonID?
    private(set) var raisedBy: PartyID?
    /// The event that brought the matter to its present stage.
    private(set) var changedBy: EventMark?
    private(set) var filings: [FilingSide: Filing] = [:]
    /// Nil when nobody asked, when it was given, and when somebody has gone on since it was refused.
    private(set) var approval: Approval?
    /// When the matter was reopened; nil when it was not, since the last whistle.
    private(set) var reopenedAt: Timestamp?
    /// Of the few departments that have one, in no order.
    private(set) var histories: [History] = []
    /// The events that started or paused clocks.
    private var marks: [EventID: EventMark] = [:]
    /// The rows as they were made last.
    private(set) var rows: [ClockRow] = []

    init(_ id: MatterID) { self.id = id }

    func mark(_ id: EventID?) -> EventMark? { id.flatMap { marks[$0] } }

    func history(of department: PartyID) -> History? { histories.first { $0.department == department } }

    /// Takes in one event of the matter and makes its rows again.
    mutating func fold(_ event: MatterEvent, _ fact: Fact, _ register: Register) -> ClockChanges {
        let acceptedSince = acceptedSince(event)
        let wasOpen = !rows.isEmpty
        let stage = matter.status
        evolve(event, fact)
        let department = matter.status == stage ? event.department : nil
        let changes = remakeRows(register, department.map { .department($0) } ?? .matter)
        return ClockChanges(
            rows: changes,
            matter: ClockChanges.MatterState(
                matter: id,
                territory: matter.subject?.territory,
                wasOpen: wasOpen,
                isOpen: !rows.isEmpty,
                acceptedSince: acceptedSince,
                note: note
            )
        )
    }

    /// Forgets what a person said, and makes the rows again: they read as they will when the matter is folded anew.
    mutating func erase(_ register: Register) -> [RowChange] {
        title = PersonalFields.erasedText
        place = PersonalFields.erasedText
        return remakeRows(register, .matter)
    }

    /// Makes the rows again.
    ///
    /// - Returns: those that are not as they were.
    mutating func remakeRows(_ register: Register, _ reach: RowReach) -> [RowChange] {
        let before = rows
        rows = openRows(register, reach)
        var changes: [RowChange] = []
        for row in before where !rows.contains(where: { $0.content.part == row.content.part }) {
            changes.append(RowChange(before: row, after: nil))
        }
        for row in rows {
            let old = before.first { $0.content.part == row.content.part }
            if old !== row { changes.append(RowChange(before: old, after: row)) }
        }
        return changes
    }

    mutating func evolve(_ event: MatterEvent, _ fact: Fact) {
        let stage = matter.status
        matter.evolve(event, from: fact.origin)
        if matter.status != stage { changedBy = EventMark(fact) }
        keep(event, fact)
    }

    private mutating func keep(_ event: MatterEvent, _ fact: Fact) {
        let at = fact.origin.occurredAt
        switch event {
        case .raised(let payload):
            title = payload.title
            place = payload.place
            subject = payload.reporter ?? fact.origin.actor.person
            raisedBy = fact.origin.actor.role == .system ? nil : fact.origin.actor.party
        case .consentRequested(let payload):
            approval = Approval(askedAt: at, answerBy: payload.answerBy, limit: payload.limit)
        case .consentGiven(let payload): if !payload.isRatification { approval = nil }
        case .consentRefused(let payload):
            guard !payload.isRatification else { break }
            approval?.refusedAt = at
            approval?.refusedBy = fact.origin.actor.party
        case .investigatorAssigned, .findingsRecorded: goOn()
        case .resolvedLocally: approval = nil
        case .whistleBlown:
            approval = nil
            forgetRound()
            mark(fact)
        case .taskDelegated:
            goOn()
            mark(fact)
        case .whistleAccepted, .feedbackAsked:
            mark(fact)
        case .competenceDisputed(let payload):
            mark(fact)
            update(payload.department) {
                $0.dispute = Dispute(
                    duty: payload.duty,
                    argument: payload.argument,
                    at: at,
                    position: fact.position
                )
            }
        case .competenceRuled(let payload):
            mark(fact)
            update(payload.department) { $0.dispute = nil }
        case .departmentNoShow(let payload): update(payload.department) { $0.noShowAt = at }
        case .whistleEscalated(let payload): update(payload.department) { $0.escalatedAt = at }
        case .departmentArrived(let payload):
            mark(fact)
            update(payload.department) { $0.arrival = EventMark(fact) }
        case .actionCompleted(let payload): update(payload.department) { $0.action = EventMark(fact) }
        case .filedWithSuperior(let payload):
            filings[payload.side] = Filing(party: payload.party, at: at, position: fact.position)
        case .whistleWithdrawn: forgetRound()
        case .reopened:
            filings = [:]
            reopenedAt = at
            mark(fact)
        case .closed, .merged:
            marks = [:]
            approval = nil
        case .findingsHandedOver, .jointPlanAgreed, .taskCompleted, .helpOffered, .feedbackGiven, .feedbackMissing,
            .appealed, .reviewStarted, .reviewDecided, .reviewOverdue, .reportersJoined:
            break
        }
    }

    /// Somebody has done something about the matter since consent was refused. A question that nobody has answered stands.
    private mutating func goOn() {
        if approval?.refusedAt != nil { approval = nil }
    }

    private mutating func mark(_ fact: Fact) { marks[fact.id] = EventMark(fact) }

    private mutating func update(_ department: PartyID, _ change: (inout History) -> Void) {
        if let index = histories.firstIndex(where: { $0.department == department }) {
            change(&histories[index])
        } else {
            var history = History(department: department)
            change(&history)
            histories.append(history)
        }
    }

    private mutating func forgetRound() {
        histories = []
        filings = [:]
        reopenedAt = nil
    }

    /// Since when the clock has run that an acceptance ends; nil for other events, and where no such clock runs.
    private func acceptedSince(_ event: MatterEvent) -> Timestamp? {
        guard case .whistleAccepted(let payload) = event,
            let clock = matter.openRound?.call(of: payload.department)?.clock, clock.step == .accept
        else { return nil }
        return clock.since
    }
}
