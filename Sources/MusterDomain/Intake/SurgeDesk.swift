package import EventSourcing

/// Whether more comes in from a territory than its desk can answer as always.
package struct SurgeDesk: Aggregate, Hashable {
    /// How many surges there were.
    package private(set) var number = 0
    /// Since when it is open; nil while it is not.
    package private(set) var openSince: Timestamp?

    package init() {}

    package static func stream(_ territory: TerritoryID) -> StreamName {
        StreamName(category: "surge", id: territory.rawValue)
    }

    package mutating func evolve(_ event: DeskEvent, from origin: Origin) {
        switch event {
        case .surgeDeclared(let payload):
            number = payload.number
            openSince = origin.occurredAt
        case .surgeEnded: openSince = nil
        case .callAbandoned, .callBackExtended, .callReturned, .callOverdue: break
        }
    }
}
