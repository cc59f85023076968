package import EventSourcing
package import Records

/// The tree of territories.
package struct TerritoryRegister: Aggregate {
    package static let stream = StreamName("territory")

    package private(set) var territories: [TerritoryID: Territory] = [:]

    package init() {}

    package mutating func evolve(_ event: TerritoryEvent, from origin: Origin) {
        switch event {
        case .defined(let payload): evolve(payload)
        }
    }

    package mutating func evolve(_ payload: TerritoryDefined) {
        territories[payload.territory] = Territory(
            id: payload.territory,
            level: payload.level,
            parent: payload.parent,
            words: Words(payload.nameEN, zh: payload.nameZH),
            households: payload.households
        )
    }

    package func territory(_ id: TerritoryID) -> Territory? { territories[id] }

    package func words(of id: TerritoryID) -> Words? { territories[id]?.words }

    /// Nil when nobody has counted them.
    package func households(in id: TerritoryID) -> Int? { territories[id]?.households }

    /// Whether one is the other or holds it. False when either is unknown.
    package func contains(_ ancestor: TerritoryID, _ descendant: TerritoryID) -> Bool {
        guard territories[ancestor] != nil, territories[descendant] != nil else { return false }
        return ancestor == descendant || ancestors(of: descendant).contains(ancestor)
    }

    /// Whether they have ground in common: in a tree, one then holds the other.
    package func overlap(_ one: TerritoryID, _ other: TerritoryID) -> Bool {
        contains(one, other) || contains(other, one)
    }

    /// Those that hold a territory, from the nearest to the top.
    package func ancestors(of id: TerritoryID) -> [TerritoryID] {
        var ancestors: [TerritoryID] = []
        var next = territories[id]?.parent
        // The bound holds even if a log were to hold a cycle.
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
}

/// A place in the tree.
package struct Territory: Hashable, Sendable {
    package let id: TerritoryID
    package let level: TerritoryLevel
    /// Nil for the top of a tree.
    package let parent: TerritoryID?
    package let words: Words
    /// Nil when nobody has counted them.
    package let households: Int?
}
