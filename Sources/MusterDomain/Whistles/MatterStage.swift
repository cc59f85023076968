package import EventSourcing

/// How far a matter is; each stage holds what only then exists.
///
/// ```
/// raised ─▶ investigating ─▶ resolvedLocally ──────────────────────────┐
///    │          │  ▲ └─▶ awaitingConsent ─▶ consented                  │
///    │          │  │ withdrawn                  │                      ▼
///    └──────────┴──┴──▶ whistled ◀──────────────┘        ┌─▶ awaitingFeedback ─▶ answered ─▶ closed
///      emergency          │ first arrival                │            │ not solved             │
///                         ▼                              │            ▼                        │
///                      inAction ─▶ (one side filed) ─▶ filedBoth   reopened ◀──────────────────┘
///                         ▲                                           │ the lead arrives
///                         └───────────────────────────────────────────┘
/// ```
///
/// Which command is open at which stage stands as a table in the lifecycle tests.
package enum MatterStage: Hashable, Sendable {
    /// No event yet.
    case unraised
    case raised
    case investigating
    case resolvedLocally
    case awaitingConsent
    case consented
    /// A whistle is open and nobody is on the scene yet.
    case whistled
    case inAction
    case filedBoth
    case awaitingFeedback(FeedbackQuestion)
    case answered(FeedbackAnswer)
    case closed
    /// The lead must come again.
    case reopened
}

/// What the reporters were asked, and until when.
package struct FeedbackQuestion: Hashable, Sendable {
    package let answerBy: Timestamp
    package let limit: Duration
    package let askedBy: EventID?
    /// Those who have not answered. Empty as well where nobody is known who could.
    package internal(set) var waitsFor: Set<PersonID>
    /// Those who have, and called it solved.
    package internal(set) var answered: Set<PersonID> = []
}

/// How the question ended, when it did not reopen the matter.
package enum FeedbackAnswer: Hashable, Sendable {
    case solved
    case missing
}
