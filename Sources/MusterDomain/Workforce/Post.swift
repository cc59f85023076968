package import EventSourcing

/// For whom and where somebody works, and on what ground.
package struct Post: Hashable, Sendable {
    package enum Basis: Hashable, Sendable {
        /// Their own unit's work.
        case unit
        /// The community where they live, to which they report besides their unit (R12.4).
        case dualReport
        /// Lent by another party, which cannot use them meanwhile.
        case lent(by: PartyID)
    }

    package let party: PartyID
    /// This and all within.
    package let territory: TerritoryID
    package let basis: Basis
    package let from: Timestamp
    /// The first instant at which it no longer holds, as a recall; nil while no end is set.
    package let until: Timestamp?

    package init(
        party: PartyID,
        territory: TerritoryID,
        basis: Basis = .unit,
        from: Timestamp,
        until: Timestamp? = nil
    ) {
        self.party = party
        self.territory = territory
        self.basis = basis
        self.from = from
        self.until = until
    }

    func covers(_ period: WorkPeriod) -> Bool {
        from <= period.start && until.map { period.end <= $0 } ?? true
    }

    package func touches(_ period: WorkPeriod) -> Bool {
        from < period.end && until.map { period.start < $0 } ?? true
    }

    func touches(_ other: Post) -> Bool {
        (until.map { other.from < $0 } ?? true) && (other.until.map { from < $0 } ?? true)
    }
}
