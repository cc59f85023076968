package import EventSourcing

/// Something that somebody told Muster.
package struct Report: Aggregate, Hashable {
    /// How far it is dealt with.
    package enum Stage: Hashable, Sendable {
        case unknown
        case submitted
        case triaged(Urgency)
    }

    package private(set) var stage = Stage.unknown
    /// Nil before it is submitted.
    package private(set) var territory: TerritoryID?

    package init() {}

    package static func stream(_ report: ReportID) -> StreamName {
        StreamName(category: "report", id: report.rawValue)
    }

    package mutating func evolve(_ event: ReportEvent, from origin: Origin) {
        switch event {
        case .submitted(let payload):
            stage = .submitted
            territory = payload.territory
        case .triaged(let payload):
            stage = .triaged(payload.urgency)
        }
    }
}
