package import EventSourcing

/// The figures of one territory and day, each typed once (R5.1).
package struct DayFigures: Aggregate, Hashable {
    /// More items than this are no form any more.
    static let maximumItems = 1_000

    package private(set) var figures: [DataItemID: Int] = [:]

    package init() {}

    package static func stream(_ territory: TerritoryID, _ day: CaseDay) -> StreamName {
        // The day first: it has no dot, so no two are written alike.
        StreamName(category: "figures", id: "\(day.rawValue).\(territory.rawValue)")
    }

    package mutating func evolve(_ event: DataEvent, from origin: Origin) {
        switch event {
        case .recorded(let payload):
            for figure in payload.figures { figures[figure.item] = figure.figure }
        case .requested, .satisfied, .refused, .overdue: break
        }
    }
}
