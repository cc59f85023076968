/// Work that somebody has on their roster, at whichever of their posts (R12.1).
package struct RosteredDuty: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case planned
        /// A fact: it counts, however long it was.
        case worked
    }

    package let id: ShiftID
    package let period: WorkPeriod
    package let basis: Post.Basis
    package let state: State
    /// What the shift needs of whoever takes it.
    package let steps: [WorkStep]
    package let party: PartyID
    package let territory: TerritoryID

    package init(
        id: ShiftID,
        period: WorkPeriod,
        party: PartyID,
        territory: TerritoryID,
        basis: Post.Basis = .unit,
        state: State = .planned,
        steps: [WorkStep] = []
    ) {
        self.id = id
        self.period = period
        self.party = party
        self.territory = territory
        self.basis = basis
        self.state = state
        self.steps = steps
    }
}
