package import EventSourcing
package import Records

/// The tree of territories down to buildings, as it is and as it was at any instant (R2.1, R2.4). Households are registries
/// of their own, one for each building.
package struct TerritoryRegister: Aggregate {
    package static let stream = StreamName("territory")

    package internal(set) var territories = PartedDictionary<TerritoryID, Territory>()
    /// Whatever ever lay right below a territory, in the order in which it came there.
    var everBelow = PartedDictionary<TerritoryID, [TerritoryID]>()
    /// Of those that were moved, the oldest place first.
    var formerPlaces: [TerritoryID: [FormerPlace]] = [:]
    /// Who has a code, or had it last.
    var codes = PartedDictionary<String, TerritoryID>()
    package internal(set) var alerts: [IncidentID: GroundAlert] = [:]
    /// Incidents by the ground they touch, which is a grid at least.
    var alerted: [TerritoryID: [IncidentID]] = [:]

    package init() {}

    package func territory(_ id: TerritoryID) -> Territory? { territories[id] }

    package func words(of id: TerritoryID) -> Words? { territories[id]?.words }

    /// As somebody said; nil when nobody has counted them.
    package func households(in id: TerritoryID) -> Int? { territories[id]?.households }

    /// Whether one is the other or holds it. False when either is unknown.
    package func contains(_ ancestor: TerritoryID, _ descendant: TerritoryID) -> Bool {
        guard let place = territories[descendant], territories[ancestor] != nil else { return false }
        if ancestor == descendant { return true }
        var next = place.parent
        var steps = 0
        // The bound holds even if a log were to hold a cycle.
        while let parent = next, steps < TerritoryLevel.allCases.count {
            if parent == ancestor { return true }
            next = territories[parent]?.parent
            steps += 1
        }
        return false
    }

    /// Whether they have ground in common: in a tree, one then holds the other.
    package func overlap(_ one: TerritoryID, _ other: TerritoryID) -> Bool {
        contains(one, other) || contains(other, one)
    }

    /// Those that hold a territory, from the nearest to the top.
    package func ancestors(of id: TerritoryID) -> [TerritoryID] {
        var ancestors: [TerritoryID] = []
        var next = territories[id]?.parent
        while let parent = next, ancestors.count < TerritoryLevel.allCases.count {
            ancestors.append(parent)
            next = territories[parent]?.parent
        }
        return ancestors
    }

    /// The nearest territory of a level that holds `id` or is it.
    package func territory(of level: TerritoryLevel, holding id: TerritoryID) -> TerritoryID? {
        if territories[id]?.level == level { return id }
        return ancestors(of: id).first { territories[$0]?.level == level }
    }

    /// Those that lie right below a territory now and stand, in the order in which they came there.
    package func children(of id: TerritoryID) -> [TerritoryID] {
        everBelow[id, default: []].filter { child in
            territories[child].map { $0.parent == id && !$0.isRetired } ?? false
        }
    }

    /// What carries a code, or carried it last.
    package func holder(of code: StatisticalCode) -> Territory? { codes[code.digits].flatMap { territories[$0] } }

    /// The incident that is active on some of a territory's ground; the first by name among several.
    package func alert(on id: TerritoryID) -> GroundAlert? {
        if alerted.isEmpty { return nil }
        for place in [id] + ancestors(of: id) {
            if let incident = alerted[place]?.first { return alerts[incident] }
        }
        return nil
    }
}
