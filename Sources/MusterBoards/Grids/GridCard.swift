import EventSourcing
import MusterDomain

/// What a board knows of a grid. Households are counts, and nobody's name is here.
struct GridCard: Hashable, Sendable {
    /// Of all its buildings.
    var tally = HouseholdTally() {
        didSet { if tally.households > 0 { isCounted = true } }
    }
    /// How many households somebody said it has; nil when nobody did.
    var declared: Int?
    /// Whether households were ever on record in it: then they count, and no more what somebody said.
    private(set) var isCounted = false
    var overdue = OverdueVisits.Counts()
    var lastVisit: Timestamp?
    var worker: PersonID?
    /// Matters that are open and were raised in it.
    var matters = 0

    /// How many households there are by all that is known: those on record, before there were any the declared ones. Nil
    /// when nobody knows, which is missing and not zero.
    var households: Int? { isCounted ? tally.households : declared }

    init(declared: Int? = nil) { self.declared = declared }
}

/// What a board knows of a building.
struct BuildingCard: Hashable, Sendable {
    var tally = HouseholdTally()
    var overdue = OverdueVisits()
    var lastVisit: Timestamp?
}

/// The households of a building where somebody should have come again, and did not in time.
struct OverdueVisits: Hashable, Sendable {
    /// How many there are.
    struct Counts: Hashable, Sendable {
        var visits = 0
        var checks = 0

        static func + (lhs: Counts, rhs: Counts) -> Counts {
            Counts(visits: lhs.visits + rhs.visits, checks: lhs.checks + rhs.checks)
        }

        static func - (lhs: Counts, rhs: Counts) -> Counts {
            Counts(visits: lhs.visits - rhs.visits, checks: lhs.checks - rhs.checks)
        }
    }

    /// Where a visit failed, and nobody repeated it.
    private var visits: Set<HouseholdID> = []
    /// Where somebody needs looking after, and nobody looked during an incident.
    private var checks: Set<HouseholdID> = []

    var counts: Counts { Counts(visits: visits.count, checks: checks.count) }

    mutating func fold(_ event: HouseholdEvent) {
        switch event {
        case .swept(let payload):
            visits.formUnion(payload.unvisited)
            checks.formUnion(payload.unchecked)
        case .visited(let payload) where !payload.isOvertaken: take(payload.outcome, payload.household)
        case .corrected(let payload):
            switch payload.part {
            case .visit: if let outcome = payload.outcome { take(outcome, payload.household) }
            case .vulnerability: checks.remove(payload.household)
            case .address, .contact, .member: break
            }
        case .unitRegistered, .registered, .visited, .referred, .memberDeclared, .vulnerableFlagged: break
        }
    }

    private mutating func take(_ outcome: VisitOutcome, _ household: HouseholdID) {
        visits.remove(household)
        if !outcome.isFailure { checks.remove(household) }
    }
}
