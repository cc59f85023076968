package import EventSourcing

/// A post that somebody holds.
package struct Appointment: Hashable, Sendable {
    package let person: PersonID
    package let role: Role
    package let party: PartyID
    package let territory: TerritoryID
    package let from: Timestamp
    /// The first instant at which it no longer holds; nil while no end is set.
    package internal(set) var to: Timestamp?

    package func isInForce(at time: Timestamp) -> Bool {
        from <= time && to.map { time < $0 } ?? true
    }

    /// Whether both are for the same person, role, party and territory.
    func isSamePost(as other: Appointment) -> Bool {
        person == other.person && role == other.role && party == other.party && territory == other.territory
    }

    /// Whether both are for the same post, which one person alone can hold.
    func excludes(_ other: Appointment) -> Bool {
        role.isHeldByOne && person != other.person && role == other.role && territory == other.territory
    }

    func overlaps(_ other: Appointment) -> Bool {
        (other.to.map { from < $0 } ?? true) && (to.map { other.from < $0 } ?? true)
    }
}
