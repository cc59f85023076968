package import EventSourcing

/// Who answers for a matter, and whether they are in time.
package struct MatterLead: Hashable, Sendable {
    /// Nil while nobody leads.
    package private(set) var party: PartyID?
    /// When the lead's next step is due; nil while none is.
    package private(set) var due: Timestamp?
    /// The lead was late since the matter was opened last.
    package private(set) var isLate = false

    package init() {}

    package mutating func evolve(_ event: MatterEvent) {
        switch event {
        case .whistleBlown(let payload): (party, due, isLate) = (payload.lead, payload.acceptBy, false)
        case .whistleAccepted(let payload):
            if payload.becomesLead { party = payload.department }
            if payload.department == party { due = payload.onSceneBy }
        case .competenceRuled(let payload):
            party = payload.lead
            due = payload.acceptBy ?? due
        case .departmentArrived(let payload) where payload.department == party:
            due = payload.actBy
            if payload.isLate { isLate = true }
        case .actionCompleted(let payload) where payload.department == party:
            due = nil
            if payload.isLate == true { isLate = true }
        case .departmentNoShow(let payload) where payload.department == party: isLate = true
        case .whistleWithdrawn: (party, due) = (nil, nil)
        case .reopened(let payload): (party, due, isLate) = (payload.lead ?? party, payload.onSceneBy, false)
        case .filedWithSuperior, .resolvedLocally, .closed: due = nil
        default: break
        }
    }
}
