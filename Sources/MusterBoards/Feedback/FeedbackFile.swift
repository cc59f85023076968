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
    private(set) var lead = MatterLead()
    /// Who settled it without a whistle.
    private var settledBy: PartyID?
    private(set) var wait: Wait?
    /// How many have yet to answer the question that stands.
    private var unanswered = 0
    /// It was called solved, and was not.
    private(set) var isReopened = false
    private(set) var isClosed = false
    /// The event that brought it where it is.
    private(set) var position = Position.origin

    mutating func fold(_ event: MatterEvent, _ fact: Fact) {
        position = fact.position
        lead.evolve(event)
        switch event {
        case .raised(let payload):
            (kind, title) = (payload.kind, payload.title)
            subject = payload.reporter ?? fact.origin.actor.person
        case .resolvedLocally: settledBy = fact.origin.actor.party
        case .feedbackAsked(let payload): (wait, unanswered) = (.answer(by: payload.answerBy), payload.asked)
        case .feedbackGiven(let answer):
            unanswered -= 1
            if !answer.solved || unanswered <= 0 { wait = nil }
        case .feedbackMissing: wait = nil
        case .reportersJoined(let payload): unanswered += payload.reporters.count
        case .merged: (wait, isReopened, isClosed) = (nil, false, true)
        case .appealed(let payload): wait = .review(by: payload.decideBy, nil)
        case .reviewStarted:
            if case .review(let by, _) = wait { wait = .review(by: by, fact.origin.actor.party) }
        case .reviewDecided: wait = nil
        case .reopened: (wait, isReopened, isClosed) = (nil, true, false)
        case .closed: (isReopened, isClosed) = (false, true)
        default: break
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
            (state, until) = (.reopened, lead.due)
        }
        return FeedbackRow(
            id: matter,
            title: name ?? kind.headline(title: title),
            lead: (lead.party ?? settledBy).map(register.name(of:)),
            state: state,
            due: until,
            position: position
        )
    }
}
