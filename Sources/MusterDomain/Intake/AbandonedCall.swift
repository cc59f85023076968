package import EventSourcing

/// A caller who hung up, until somebody has called back.
package struct AbandonedCall: Aggregate, Hashable {
    package private(set) var territory: TerritoryID?
    package private(set) var abandonedAt: Timestamp?
    /// Nil when there is no number to call.
    package private(set) var callBackBy: Timestamp?
    package private(set) var limit: Duration?
    package private(set) var attempts = 0
    /// Nobody calls back any more.
    package private(set) var isOver = false
    /// The time to call back has passed, and was recorded as such.
    package private(set) var isOverdue = false

    package init() {}

    package static func stream(_ call: CallID) -> StreamName {
        StreamName(category: "call", id: call.rawValue)
    }

    package mutating func evolve(_ event: DeskEvent, from origin: Origin) {
        switch event {
        case .callAbandoned(let payload):
            territory = payload.territory
            abandonedAt = origin.occurredAt
            callBackBy = payload.callBackBy
            limit = payload.limit
        case .callBackExtended(let payload):
            callBackBy = payload.callBackBy
            limit = payload.limit
        case .callOverdue: isOverdue = true
        case .callReturned(let payload):
            attempts = payload.attempt
            isOver = payload.isLast
        case .surgeDeclared, .surgeEnded: break
        }
    }
}
