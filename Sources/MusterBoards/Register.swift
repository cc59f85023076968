import EventSourcing
package import MusterDomain
package import Records

/// Parties, posts, lists and territories, folded from the log: where boards take their names from.
package struct Register: Sendable {
    package private(set) var authority = Authority()
    package private(set) var territories = TerritoryRegister()
    /// Which party runs the community of a territory: that of the head who was appointed there last.
    private var communities: [TerritoryID: PartyID] = [:]

    package init() {}

    /// Takes in one fact.
    ///
    /// - Returns: whether a name that stands on rows may have changed.
    @discardableResult
    package mutating func fold(_ fact: Fact) -> Bool {
        switch fact.event {
        case .authority(let event):
            authority.evolve(event, from: fact.origin)
            switch event {
            case .partyRegistered: return true
            case .personAppointed(let payload):
                guard payload.role == .communityHead else { return false }
                communities[payload.territory] = payload.party
                return true
            case .appointmentEnded, .responsibilityListPublished, .listReviewDue, .measureIssued,
                .localMeasureProposed, .localMeasureApproved, .localMeasureRefused, .localMeasureLapsed,
                .escalationDetected, .measureRepealed, .measureExpired, .measureAdopted, .measureChallenged,
                .assetRequisitioned, .assetReturned:
                return false
            }
        case .territory(let event):
            territories.evolve(event, from: fact.origin)
            switch event {
            case .defined, .moved, .gridDrawn, .gridSplit, .gridMerged: return true
            // Buildings come in thousands, and no row names one before it is there.
            case .buildingRegistered, .retired, .threeNoFlagged, .alerted, .alertLifted: return false
            }
        default:
            return false
        }
    }

    /// What people call a party; its identifier while nobody has registered it.
    package func name(of party: PartyID) -> Words {
        authority.parties[party]?.words ?? Words(party.rawValue, zh: party.rawValue)
    }

    package func isDepartment(_ party: PartyID) -> Bool { authority.parties[party]?.kind == .department }

    /// The departments that are registered.
    var departments: Set<PartyID> { Set(authority.parties.keys.filter(isDepartment)) }

    /// What people call a territory; its identifier while nobody has defined it.
    package func name(of territory: TerritoryID) -> Words {
        territories.words(of: territory) ?? Words(territory.rawValue, zh: territory.rawValue)
    }

    /// The nearest community that holds a territory.
    package func community(of territory: TerritoryID) -> TerritoryID? {
        territories.territory(of: .community, holding: territory)
    }

    /// The party that runs a territory's community; nil when nobody heads it.
    package func communityParty(of territory: TerritoryID) -> PartyID? {
        community(of: territory).flatMap { communities[$0] }
    }
}
