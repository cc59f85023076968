package import EventSourcing

/// One person's word against a measure. It decides nothing: the issuer answers by repealing the measure, or does not.
package struct MeasureChallenge: Aggregate, Hashable {
    package private(set) var isMade = false

    package init() {}

    package static func stream(_ challenge: ChallengeID) -> StreamName {
        StreamName(category: "challenge", id: challenge.rawValue)
    }

    package mutating func evolve(_ event: AuthorityEvent, from origin: Origin) {
        switch event {
        case .measureChallenged:
            isMade = true
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .measureIssued, .localMeasureProposed, .localMeasureApproved, .localMeasureRefused, .localMeasureLapsed,
            .escalationDetected, .measureRepealed, .measureExpired, .measureAdopted, .assetRequisitioned,
            .assetReturned:
            break
        }
    }
}
