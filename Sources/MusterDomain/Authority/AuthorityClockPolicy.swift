import EventSourcing

/// Ends measures at their end, lets proposals lapse that nobody approved, and says when a list is to be reviewed (S1).
package struct AuthorityClockPolicy: Policy {
    package static let name = "authority-clocks"

    private var authority = Authority()
    /// Of measures that are not over.
    private var measures: [MeasureID: PolicyTimer] = [:]
    /// Of the list that takes force last.
    private var review: PolicyTimer?

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        guard case .authority(let event) = fact.event else { return }
        // What rests on a repealed measure ends with it, so it is looked at before it is over.
        let touched = measuresTouched(by: event)
        authority.evolve(event, from: fact.origin)
        for measure in touched { measures[measure] = authority.measures[measure].flatMap { timer(of: $0) } }
        switch event {
        case .responsibilityListPublished, .listReviewDue: review = reviewTimer(fact)
        case .partyRegistered, .personAppointed, .appointmentEnded, .measureIssued, .localMeasureProposed,
            .localMeasureApproved, .localMeasureRefused, .localMeasureLapsed, .escalationDetected, .measureRepealed,
            .measureExpired, .measureAdopted, .measureChallenged, .assetRequisitioned, .assetReturned:
            break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] { [] }

    package var timers: [PolicyTimer] {
        (Array(measures.values) + [review].compactMap(\.self)).sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }

    private func measuresTouched(by event: AuthorityEvent) -> [MeasureID] {
        switch event {
        case .measureIssued(let payload): [payload.measure]
        case .localMeasureProposed(let payload): [payload.measure]
        case .localMeasureApproved(let payload): [payload.measure]
        case .localMeasureRefused(let payload): [payload.measure]
        case .localMeasureLapsed(let payload): [payload.measure]
        case .measureExpired(let payload): [payload.measure]
        case .measureRepealed(let payload):
            [payload.measure] + authority.measures.runningLocals(of: payload.measure).map(\.id)
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .escalationDetected, .measureAdopted, .measureChallenged, .assetRequisitioned, .assetReturned:
            []
        }
    }

    private func timer(of measure: Measure) -> PolicyTimer? {
        let actor = Actor.system(in: measure.territory)
        switch measure.stage {
        case .proposed(let approveBy):
            return PolicyTimer(
                key: "measure-lapse/\(measure.id)",
                due: approveBy,
                command: LapseLocalMeasure(measure: measure.id, approveBy: approveBy),
                actor: actor,
                cause: measure.startedBy
            )
        case .standing:
            return PolicyTimer(
                key: "measure-expiry/\(measure.id)",
                due: measure.to,
                command: ExpireMeasure(measure: measure.id, endedAt: measure.to),
                actor: actor,
                cause: measure.startedBy
            )
        case .refused, .lapsed, .repealed, .expired:
            return nil
        }
    }

    private func reviewTimer(_ fact: Fact) -> PolicyTimer? {
        guard let list = authority.lists.last, let reviewBy = list.reviewBy, !list.isReviewDue else { return nil }
        return PolicyTimer(
            key: "list-review/\(list.version)",
            due: reviewBy,
            command: RecordListReviewDue(version: list.version, reviewBy: reviewBy),
            actor: .system(in: fact.origin.actor.territory),
            cause: fact.id
        )
    }
}
