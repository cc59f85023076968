import EventSourcing
import Records

/// What happened to the tree of territories.
package enum TerritoryEvent: DomainEvent {
    case defined(TerritoryDefined)
    case moved(TerritoryMoved)
    case retired(TerritoryRetired)
    case buildingRegistered(BuildingRegistered)
    case gridDrawn(GridDrawn)
    case gridSplit(GridSplit)
    case gridMerged(GridMerged)
    case threeNoFlagged(ThreeNoFlagged)
    case alerted(TerritoryAlerted)
    case alertLifted(TerritoryAlertLifted)

    package static let table = EventTable<TerritoryEvent>([
        EventDescription(
            "TerritoryDefined",
            Words("Territory defined", zh: "区域已设立"),
            TerritoryDefined.record,
            TerritoryEvent.defined
        ) {
            if case .defined(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "TerritoryMoved",
            Words("Territory moved", zh: "区域已调整"),
            TerritoryMoved.record,
            TerritoryEvent.moved
        ) {
            if case .moved(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "TerritoryRetired",
            Words("Territory retired", zh: "区域已撤销"),
            TerritoryRetired.record,
            TerritoryEvent.retired
        ) {
            if case .retired(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "BuildingRegistered",
            Words("Building registered", zh: "楼栋已登记"),
            BuildingRegistered.record,
            TerritoryEvent.buildingRegistered
        ) {
            if case .buildingRegistered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GridDrawn",
            Words("Grid drawn", zh: "网格已划分"),
            GridDrawn.record,
            TerritoryEvent.gridDrawn
        ) {
            if case .gridDrawn(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GridSplit",
            Words("Grid split", zh: "网格已拆分"),
            GridSplit.record,
            TerritoryEvent.gridSplit
        ) {
            if case .gridSplit(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "GridMerged",
            Words("Grids merged", zh: "网格已合并"),
            GridMerged.record,
            TerritoryEvent.gridMerged
        ) {
            if case .gridMerged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ThreeNoFlagged",
            Words("Three-no compound flagged", zh: "三无小区已标记"),
            ThreeNoFlagged.record,
            TerritoryEvent.threeNoFlagged
        ) {
            if case .threeNoFlagged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "TerritoryAlerted",
            Words("Territory alerted", zh: "区域进入应急状态"),
            TerritoryAlerted.record,
            TerritoryEvent.alerted
        ) {
            if case .alerted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "TerritoryAlertLifted",
            Words("Alert of a territory lifted", zh: "区域应急状态已解除"),
            TerritoryAlertLifted.record,
            TerritoryEvent.alertLifted
        ) {
            if case .alertLifted(let payload) = $0 { payload } else { nil }
        },
    ])
}
