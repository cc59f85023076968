import EventSourcing

/// Asks the reporter once both sides have filed, or the community has solved it alone, and notes when no answer, or no
/// decision on an appeal, comes in time (S14).
package struct FeedbackPolicy: Policy {
    package static let name = "feedback"

    /// Who has filed, of matters that wait for the other side.
    private var filings: [MatterID: Set<FilingSide>] = [:]
    /// A question that somebody has not answered.
    private struct Question: Sendable {
        let timer: PolicyTimer
        var waitsFor: Int
    }

    private var pending: [MatterID: Question] = [:]
    /// Of appeals that nobody has decided.
    private var reviews: [MatterID: PolicyTimer] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        guard case .matter(let event) = fact.event else { return }
        switch event {
        case .filedWithSuperior(let filing):
            filings[filing.matter, default: []].insert(filing.side)
        case .whistleBlown, .whistleWithdrawn, .reopened:
            filings[event.matter] = nil
            pending[event.matter] = nil
        case .feedbackAsked(let question):
            filings[event.matter] = nil
            pending[event.matter] = Question(timer: timer(question, fact), waitsFor: question.asked)
        case .feedbackGiven:
            guard let left = pending[event.matter]?.waitsFor else { return }
            if left > 1 { pending[event.matter]?.waitsFor = left - 1 } else { pending[event.matter] = nil }
        case .reportersJoined(let joined):
            pending[event.matter]?.waitsFor += joined.reporters.count
        case .feedbackMissing, .closed, .merged:
            pending[event.matter] = nil
        case .appealed(let appeal): reviews[event.matter] = timer(appeal, fact)
        case .reviewDecided, .reviewOverdue: reviews[event.matter] = nil
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleAccepted, .competenceDisputed, .competenceRuled, .departmentArrived,
            .findingsHandedOver, .jointPlanAgreed, .taskDelegated, .taskCompleted, .actionCompleted, .helpOffered,
            .departmentNoShow, .whistleEscalated, .reviewStarted:
            break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .matter(.filedWithSuperior(let filing)):
            filings[filing.matter]?.count == FilingSide.allCases.count ? [ask(filing.matter, fact)] : []
        case .matter(.resolvedLocally(let resolution)):
            [ask(resolution.matter, fact)]
        default: []
        }
    }

    package var timers: [PolicyTimer] {
        (pending.values.map(\.timer) + reviews.values).sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }

    private func ask(_ matter: MatterID, _ fact: Fact) -> Reaction {
        .issue(
            command: AskFeedback(matter: matter),
            actor: .system(in: fact.origin.actor.territory),
            key: "ask-feedback/\(fact.id)"
        )
    }

    private func timer(_ question: FeedbackAsked, _ fact: Fact) -> PolicyTimer {
        PolicyTimer(
            key: "feedback-missing/\(question.matter)/\(question.answerBy)",
            due: question.answerBy,
            command: RecordFeedbackMissing(matter: question.matter, answerBy: question.answerBy),
            actor: .system(in: fact.origin.actor.territory),
            cause: fact.id
        )
    }

    private func timer(_ appeal: Appealed, _ fact: Fact) -> PolicyTimer {
        PolicyTimer(
            key: "review-overdue/\(appeal.matter)/\(appeal.decideBy)",
            due: appeal.decideBy,
            command: RecordReviewOverdue(matter: appeal.matter, decideBy: appeal.decideBy),
            actor: .system(in: fact.origin.actor.territory),
            cause: fact.id
        )
    }
}
