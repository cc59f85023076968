import EventSourcing
import MusterDomain
import Records

/// What the feedback board keeps of one matter.
struct FeedbackFile: Sendable {
    enum Wait: Hashable, Sendable {
        /// For the reporter, until then.
        case answer(by: Timestamp)
        /// For whoever reviews the appeal, if somebody does.
        case review(by: Timestamp, PartyID?)
    }

    private(set) var kind = ReportKind.other
    var title = ""
    /// Whose the title is.
    private(set) var subject: PersonID?
    private(set) var lead: PartyID?
    /// When the lead's next step is due; nil while none is.
    private(set) var due: Timestamp?
    /// The lead was late since the matter was opened last.
    private(set) var isLate = false
    private(set) var wait: Wait?
    /// It was called solved, and was not.
    private(set) var isReopened = false
    private(set) var isClosed = false
    /// The event that brought it where it is.
    private(set) var position = Position.origin

    mutating func fold(_ event: MatterEvent, _ fact: Fact) {
        position = fact.position
        switch event {
        case .raised(let payload):
            (kind, title) = (payload.kind, payload.title)
            subject = payload.reporter ?? fact.origin.actor.person
        case .whistleBlown(let payload):
            (lead, due, isLate) = (payload.lead, payload.acceptBy, false)
        case .whistleAccepted(let payload):
            if payload.becomesLead { lead = payload.department }
            if payload.department == lead { due = payload.onSceneBy }
        case .competenceRuled(let payload):
            lead = payload.lead
            due = payload.acceptBy ?? due
        case .departmentArrived(let payload) where payload.department == lead:
            due = nil
            if payload.isLate { isLate = true }
        case .departmentNoShow(let payload) where payload.department == lead: isLate = true
        case .whistleWithdrawn: (lead, due) = (nil, nil)
        case .filedWithSuperior, .resolvedLocally: due = nil
        case .feedbackAsked(let payload): wait = .answer(by: payload.answerBy)
        case .feedbackGiven, .feedbackMissing: wait = nil
        case .appealed(let payload): wait = .review(by: payload.decideBy, nil)
        case .reviewStarted:
            if case .review(let by, _) = wait { wait = .review(by: by, fact.origin.actor.party) }
        case .reviewDecided: wait = nil
        case .reopened(let payload):
            (lead, due, wait) = (payload.lead ?? lead, payload.onSceneBy, nil)
            (isReopened, isClosed) = (true, false)
        case .closed: (due, isReopened, isClosed) = (nil, false, true)
        case .investigatorAssigned, .findingsRecorded, .consentRequested, .consentGiven, .consentRefused,
            .competenceDisputed, .departmentArrived, .departmentNoShow, .findingsHandedOver, .jointPlanAgreed,
            .taskDelegated, .taskCompleted, .actionCompleted, .helpOffered, .whistleEscalated:
            break
        }
    }

    /// Nil when nobody need look at it here.
    func row(of matter: MatterID, _ register: Register) -> FeedbackRow? {
        let name = title.isEmpty ? Words(Reference.text(matter.rawValue), zh: Reference.text(matter.rawValue)) : nil
        let state: FeedbackRow.State
        let until: Timestamp?
        switch wait {
        case .answer(let by): (state, until) = (.asked, by)
        case .review(let by, let reviewer): (state, until) = (.appealed(reviewer.map(register.name(of:))), by)
        case nil:
            guard isReopened else { return nil }
            (state, until) = (.reopened, due)
        }
        return FeedbackRow(
            id: matter,
            title: name ?? kind.headline(title: title),
            lead: lead.map(register.name(of:)),
            state: state,
            due: until,
            position: position
        )
    }
}
