package import EventSourcing

/// A version of the responsibility list (权责清单).
package struct ResponsibilityList: Hashable, Sendable {
    package let version: String
    package let effectiveFrom: Timestamp
    /// Until when it is to be looked through; nil for lists from before this was recorded.
    package let reviewBy: Timestamp?
    /// Whether that time came and no later list was there.
    package internal(set) var isReviewDue = false
    /// Every line, in the order in which they were published.
    package let lines: [ResponsibilityEntry]
    /// Every duty once, by its first entry, in the order of identifiers.
    package let duties: [ResponsibilityEntry]
    private let entries: [DutyID: [TerritoryID: ResponsibilityEntry]]

    init(_ payload: ResponsibilityListPublished) {
        version = payload.version
        effectiveFrom = payload.effectiveFrom
        reviewBy = payload.reviewBy
        lines = payload.entries
        var duties: [DutyID: ResponsibilityEntry] = [:]
        var entries: [DutyID: [TerritoryID: ResponsibilityEntry]] = [:]
        for entry in payload.entries {
            if duties[entry.duty] == nil { duties[entry.duty] = entry }
            if entries[entry.duty]?[entry.territory] == nil {
                entries[entry.duty, default: [:]][entry.territory] = entry
            }
        }
        self.duties = duties.values.sorted { $0.duty < $1.duty }
        self.entries = entries
    }

    /// Who has a duty in a territory; nil when nobody has, or nobody knows the territory.
    package func entry(
        for duty: DutyID,
        in territory: TerritoryID,
        of territories: TerritoryRegister
    ) -> ResponsibilityEntry? {
        guard let byTerritory = entries[duty], territories.territory(territory) != nil else { return nil }
        if let entry = byTerritory[territory] { return entry }
        return territories.ancestors(of: territory).lazy.compactMap { byTerritory[$0] }.first
    }
}

/// In the order in which they take force.
extension [ResponsibilityList] {
    mutating func publish(_ payload: ResponsibilityListPublished) {
        let list = ResponsibilityList(payload)
        // Behind those of the same instant: the last one published counts.
        let index = lastIndex { $0.effectiveFrom <= list.effectiveFrom }.map { $0 + 1 } ?? 0
        insert(list, at: index)
    }

    /// The one that decides at a time, whatever was published later (R1.7).
    func inForce(at time: Timestamp) -> ResponsibilityList? { last { $0.effectiveFrom <= time } }
}
