package import EventSourcing

/// Where and when one party carries one measure out. Thousands may adopt the same measure at once, so each party has a
/// stream of its own for it.
package struct MeasureAdoption: Aggregate, Hashable {
    private struct Period: Hashable, Sendable {
        let territory: TerritoryID
        let from: Timestamp
        let to: Timestamp
    }

    private var periods: [Period] = []

    package init() {}

    package static func stream(of measure: MeasureID, by party: PartyID) -> StreamName {
        // No identifier holds a slash, so no two pairs share a name.
        StreamName(category: "adoption", id: "\(measure)/\(party)")
    }

    package mutating func evolve(_ event: AuthorityEvent, from origin: Origin) {
        switch event {
        case .measureAdopted(let payload):
            periods.append(Period(territory: payload.territory, from: payload.from, to: payload.to))
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .measureIssued, .localMeasureProposed, .localMeasureApproved, .localMeasureRefused, .localMeasureLapsed,
            .escalationDetected, .measureRepealed, .measureExpired, .measureChallenged, .assetRequisitioned,
            .assetReturned:
            break
        }
    }

    /// Whether it is carried out in a territory within some part of a time.
    func isCarriedOut(in territory: TerritoryID, _ from: Timestamp, _ to: Timestamp) -> Bool {
        periods.contains { $0.territory == territory && $0.from < to && from < $0.to }
    }
}
