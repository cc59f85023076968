package import EventSourcing
package import Records

/// A place in the tree.
package struct Territory: Hashable, Sendable {
    package let id: TerritoryID
    package let level: TerritoryLevel
    /// Nil for the top of a tree. Where it was last, once it is retired.
    package internal(set) var parent: TerritoryID?
    package let words: Words
    /// As somebody said; nil when nobody has counted them.
    package let households: Int?
    package internal(set) var code: StatisticalCode?
    /// Since when it lies below `parent`; nil for as long as anybody knows.
    package internal(set) var placedAt: Timestamp?
    /// When it began, as a grid that was made of others; nil for what was there before it was defined.
    package internal(set) var since: Timestamp?
    /// The first instant at which it is not there any more; nil while it stands.
    package internal(set) var until: Timestamp?
    /// What took its place.
    package internal(set) var successors: [TerritoryID] = []
    /// What a compound here lacks.
    package internal(set) var missing: Set<ThreeNo> = []

    package var isRetired: Bool { until != nil }
    /// Whether it lacks everything that makes a compound safe (三无).
    package var isThreeNo: Bool { missing.count == ThreeNo.allCases.count }

    package func isThere(at time: Timestamp) -> Bool {
        (since.map { $0 <= time } ?? true) && (until.map { time < $0 } ?? true)
    }
}

/// Where a territory lay until it was moved.
struct FormerPlace: Hashable, Sendable {
    let parent: TerritoryID?
    /// The first instant at which it lay elsewhere.
    let until: Timestamp
}
