package import EventSourcing

/// One asset and its requisitions, one after another.
package struct AssetRequisition: Aggregate, Hashable {
    /// The requisition that runs.
    package struct Use: Hashable, Sendable {
        package let owner: PartyID
        package let territory: TerritoryID
        /// Who took it, and gives it back.
        package let by: PartyID
        package let from: Timestamp
        package let to: Timestamp
    }

    /// Nil while the asset is with its owner.
    package private(set) var use: Use?

    package init() {}

    package static func stream(_ asset: AssetID) -> StreamName {
        StreamName(category: "asset", id: asset.rawValue)
    }

    package mutating func evolve(_ event: AuthorityEvent, from origin: Origin) {
        switch event {
        case .assetRequisitioned(let payload):
            use = Use(
                owner: payload.owner,
                territory: payload.territory,
                by: origin.actor.party,
                from: payload.from,
                to: payload.to
            )
        case .assetReturned:
            use = nil
        case .partyRegistered, .personAppointed, .appointmentEnded, .responsibilityListPublished, .listReviewDue,
            .measureIssued, .localMeasureProposed, .localMeasureApproved, .localMeasureRefused, .localMeasureLapsed,
            .escalationDetected, .measureRepealed, .measureExpired, .measureAdopted, .measureChallenged:
            break
        }
    }
}
