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

    package private(set) var stage = Stage.unknown

    package init() {}

    package static func stream(_ request: DataRequestID) -> StreamName {
        StreamName(category: "form", id: request.rawValue)
    }

    package mutating func evolve(_ event: DataEvent, from origin: Origin) {
        switch event {
        case .requested(let payload): stage = .open(items: payload.items, replyBy: payload.replyBy)
        case .satisfied: stage = .satisfied
        case .refused(let payload): stage = .refused(duplicateOf: payload.duplicateOf)
        case .recorded: break
        }
    }
}
