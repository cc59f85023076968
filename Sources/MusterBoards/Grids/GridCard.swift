import EventSourcing
import MusterDomain

/// What a board knows of a grid. Households are counts, and nobody's name is here.
struct GridCard: Hashable, Sendable {
    /// Of all its buildings.
    var tally = HouseholdTally()
    var lastVisit: Timestamp?
    var worker: PersonID?
    /// Matters that are open and were raised in it.
    var matters = 0
}

/// What a board knows of a building.
struct BuildingCard: Hashable, Sendable {
    var tally = HouseholdTally()
    var lastVisit: Timestamp?
}
