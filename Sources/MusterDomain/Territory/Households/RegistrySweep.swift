import EventSourcing

/// What of a building's households is overdue at a deadline, and when to look again.
struct RegistrySweep {
    private let register: HouseholdRegister
    private let dueBy: Timestamp
    private let alert: GroundAlert?

    private var unvisited: [HouseholdID] = []
    private var unchecked: [HouseholdID] = []
    private var stale: [HouseholdID] = []
    private var reviewsDue: [HouseholdID] = []
    /// Those of the unvisited to which the patch police is to go now, by identifier (R2.5).
    var referred: [HouseholdID] { unvisited.filter { register.households[$0]?.isReferred == false }.sorted() }
    private var nextBy: Timestamp?

    /// - Parameter alert: while an incident is active there; nil otherwise.
    init(_ register: HouseholdRegister, dueBy: Timestamp, alert: GroundAlert?) {
        self.register = register
        self.dueBy = dueBy
        self.alert = alert
        for (id, household) in register.households where !household.hasMoved { look(at: household, id) }
    }

    private mutating func look(at household: Household, _ id: HouseholdID) {
        if let revisitBy = household.revisitBy, !household.isRevisitMissed, isPast(revisitBy) { unvisited.append(id) }
        if !household.isStale, isPast(household.staleBy) { stale.append(id) }
        guard let vulnerability = household.vulnerability else { return }
        if !vulnerability.isReviewDue, isPast(vulnerability.reviewBy) { reviewsDue.append(id) }
        // A check that was set before this incident does not count for it.
        if let alert, isPast(max(household.checkBy ?? alert.checkBy, alert.checkBy)) { unchecked.append(id) }
    }

    /// Whether a deadline has passed; one that has not may be the next to look at.
    private mutating func isPast(_ deadline: Timestamp) -> Bool {
        if deadline <= dueBy { return true }
        nextBy = min(nextBy ?? deadline, deadline)
        return false
    }

    /// - Parameter limit: from one check of the vulnerable to the next.
    func event(for building: TerritoryID, limit: Duration) -> RegistrySwept {
        let checkBy = unchecked.isEmpty ? nil : dueBy + limit
        var swept = RegistrySwept(
            building: building,
            dueBy: dueBy,
            unvisited: unvisited.sorted(),
            unchecked: unchecked.sorted(),
            stale: stale.sorted(),
            reviewsDue: reviewsDue.sorted(),
            checkBy: checkBy,
            nextBy: [nextBy, checkBy].compactMap(\.self).min(),
            tally: register.tally
        )
        var after = register
        after.sweep(swept)
        for household in referred { after.refer(household) }
        swept.tally = after.tally
        return swept
    }
}
