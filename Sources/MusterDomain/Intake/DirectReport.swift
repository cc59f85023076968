package import EventSourcing

/// What somebody near the ground told all levels at once. No event alters it: a correction is another one (R5.2).
package struct DirectReport: Aggregate, Hashable {
    package private(set) var filedAt: Timestamp?
    /// Those who are told or copied.
    package private(set) var levels: [TerritoryID: IsCopy] = [:]
    /// Those who have it.
    package private(set) var received: Set<TerritoryID> = []

    package typealias IsCopy = Bool

    package init() {}

    package static func stream(_ report: DirectReportID) -> StreamName {
        StreamName(category: "direct", id: report.rawValue)
    }

    package mutating func evolve(_ event: DirectReportEvent, from origin: Origin) {
        switch event {
        case .filed(let payload):
            filedAt = origin.occurredAt
            for territory in payload.copies ?? [] { levels[territory] = true }
            for territory in payload.to { levels[territory] = false }
        case .received(let payload): received.insert(payload.territory)
        }
    }
}
