package import EventSourcing

/// A form that somebody above asks for: figures of a territory and day.
package struct DataRequest: Aggregate, Hashable {
    package enum Stage: Hashable, Sendable {
        case unknown
        case open(items: [DataItemID], replyBy: Timestamp)
        case satisfied
        /// The same was wanted already.
        case refused(duplicateOf: DataRequestID)
    }

    /// Who wants it of whom.
    package struct Ask: Hashable, Sendable {
        package let territory: TerritoryID
        package let asker: PartyID
        package let limit: Duration
    }

    package private(set) var stage = Stage.unknown
    /// Nil before it is made.
    package private(set) var ask: Ask?
    /// The time to reply has passed, and was recorded as such.
    package private(set) var isOverdue = false

    package init() {}

    package static func stream(_ request: DataRequestID) -> StreamName {
        StreamName(category: "form", id: request.rawValue)
    }

    package mutating func evolve(_ event: DataEvent, from origin: Origin) {
        switch event {
        case .requested(let payload):
            stage = .open(items: payload.items, replyBy: payload.replyBy)
            ask = Ask(territory: payload.territory, asker: origin.actor.party, limit: payload.limit)
        case .satisfied: stage = .satisfied
        case .refused(let payload): stage = .refused(duplicateOf: payload.duplicateOf)
        case .overdue: isOverdue = true
        case .recorded: break
        }
    }
}
