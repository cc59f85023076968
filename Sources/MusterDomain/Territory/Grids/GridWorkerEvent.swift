import EventSourcing
import Records

/// What happened to the workers of a grid.
package enum GridWorkerEvent: DomainEvent {
    case assigned(GridWorkerAssigned)
    case relieved(GridWorkerRelieved)

    package static let table = EventTable<GridWorkerEvent>([
        EventDescription(
            "GridWorkerAssigned",
            Words("Grid worker assigned", zh: "网格员已指派"),
            GridWorkerAssigned.record,
            GridWorkerEvent.assigned
        ) {
            if case .assigned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GridWorkerRelieved",
            Words("Grid worker relieved", zh: "网格员已解除"),
            GridWorkerRelieved.record,
            GridWorkerEvent.relieved
        ) {
            if case .relieved(let payload) = $0 { payload } else { nil }
        },
    ])
}

extension GridWorkerEvent {
    /// The grid it belongs to.
    package var grid: TerritoryID {
        switch self {
        case .assigned(let payload): payload.grid
        case .relieved(let payload): payload.grid
        }
    }
}
