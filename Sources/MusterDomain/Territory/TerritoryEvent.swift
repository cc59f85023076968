import EventSourcing
import Records

/// What happened to the tree of territories.
package enum TerritoryEvent: DomainEvent {
    case defined(TerritoryDefined)

    package static let table = EventTable<TerritoryEvent>([
        EventDescription(
            "TerritoryDefined",
            Words("Territory defined", zh: "区域已设立"),
            TerritoryDefined.record,
            TerritoryEvent.defined
        ) {
            if case .defined(let payload) = $0 { payload } else { nil }
        }
    ])
}
