import EventSourcing
package import MusterDomain
package import Records

/// The card of each grid: its households as counts, who works there, when somebody was last visited, and what is open
/// (S2). Events of registries say how their building stands, so the board holds buildings, and of households only which
/// ones were not visited in time.
package struct GridsBoard: ListedBoard {
    package static let name = "grids"
    package static let version = 3
    package static let words = Words("Grids", zh: "网格")
    package static let columns = GridRow.columns
    package static let hasClocks = false
    /// More compounds than this are counted and not listed.
    private static let compoundsListed = 50

    private var territories = TerritoryRegister()
    private var buildings: [TerritoryID: BuildingCard] = [:]
    private var cards: [TerritoryID: GridCard] = [:]
    private var sizes: [TerritoryID: GridSize] = [:]
    /// Where open matters were raised.
    private var matters: [MatterID: TerritoryID] = [:]
    private var sums = GridsFigures.Sums()
    private var threeNo: Set<TerritoryID> = []
    private var compounds: [GridsFigures.Compound] = []
    private var hasty = HastyVisits()
    private var visitors: [HastyVisitor] = []

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        let touched: [TerritoryID] =
            switch fact.event {
            case .territory(let event): fold(event, fact)
            case .gridWorker(let event): fold(event)
            case .household(let event): fold(event, fact)
            case .matter(let event): fold(event, clocks)
            default: []
            }
        return touched.map(\.rawValue)
    }

    // MARK: Grids

    private mutating func fold(_ event: TerritoryEvent, _ fact: Fact) -> [TerritoryID] {
        let touched = touched(by: event)
        for grid in touched { count(grid, -1) }
        territories.evolve(event, from: fact.origin)
        // Where something lies now may be another grid than before.
        let now = Set(self.touched(by: event)).subtracting(touched)
        for grid in now { count(grid, -1) }
        switch event {
        case .defined(let payload) where payload.level == .grid:
            cards[payload.territory] = GridCard(declared: payload.households)
            sizes[payload.territory] = payload.size
        case .buildingRegistered(let payload): if let size = payload.size { sizes[payload.parent] = size }
        case .gridDrawn(let payload): draw([payload.grid])
        case .gridSplit(let payload): draw(payload.parts)
        case .gridMerged(let payload): draw([payload.into])
        case .moved: for grid in touched + now { sum(grid) }
        case .threeNoFlagged(let payload): list(payload.territory)
        case .defined, .retired, .alerted, .alertLifted: break
        }
        let all = touched + now.sorted()
        for grid in all { count(grid, 1) }
        return all
    }

    /// The grids whose cards an event may change, as the tree is now.
    private func touched(by event: TerritoryEvent) -> [TerritoryID] {
        switch event {
        case .defined(let payload): payload.level == .grid ? [payload.territory] : []
        case .moved(let payload): grid(of: payload.territory).map { [$0] } ?? []
        case .retired(let payload): cards[payload.territory] == nil ? [] : [payload.territory]
        case .buildingRegistered(let payload): cards[payload.parent] == nil ? [] : [payload.parent]
        case .gridDrawn(let payload): [payload.grid.grid]
        case .gridSplit(let payload): [payload.grid] + payload.parts.map(\.grid)
        case .gridMerged(let payload): payload.grids + [payload.into.grid]
        case .threeNoFlagged(let payload): grid(of: payload.territory).map { [$0] } ?? []
        case .alerted(let payload): grids(on: payload.territory)
        case .alertLifted(let payload): territories.alerts[payload.incident].map { grids(on: $0.territory) } ?? []
        }
    }

    private func grid(of territory: TerritoryID) -> TerritoryID? {
        territories.territory(of: .grid, holding: territory)
    }

    private func grids(on ground: TerritoryID) -> [TerritoryID] {
        if let grid = grid(of: ground) { return [grid] }
        return cards.keys.filter { territories.contains(ground, $0) }.sorted()
    }

    private mutating func draw(_ parts: [GridPart]) {
        for part in parts {
            cards[part.grid] = GridCard(declared: part.households)
            sizes[part.grid] = part.size
            sum(part.grid)
        }
    }

    /// Adds up the buildings of a grid.
    private mutating func sum(_ grid: TerritoryID) {
        guard var card = cards[grid] else { return }
        let parts = territories.children(of: grid).compactMap { buildings[$0] }
        card.tally = parts.reduce(HouseholdTally()) { $0 + $1.tally }
        card.overdue = parts.reduce(OverdueVisits.Counts()) { $0 + $1.overdue.counts }
        card.lastVisit = parts.compactMap(\.lastVisit).max()
        cards[grid] = card
    }

    private mutating func list(_ territory: TerritoryID) {
        if territories.territory(territory)?.isThreeNo == true {
            threeNo.insert(territory)
        } else {
            threeNo.remove(territory)
        }
        compounds = threeNo.sorted().prefix(Self.compoundsListed).map { compound in
            GridsFigures.Compound(
                territory: compound,
                name: name(of: compound),
                community: name(of: territories.territory(of: .community, holding: compound))
            )
        }
    }

    private func name(of territory: TerritoryID?) -> Words {
        guard let territory else { return Words("–", zh: "–") }
        return territories.words(of: territory) ?? Words(territory.rawValue, zh: territory.rawValue)
    }

    // MARK: Workers, households, matters

    private mutating func fold(_ event: GridWorkerEvent) -> [TerritoryID] {
        change(event.grid) { card in
            switch event {
            case .assigned(let payload): if payload.kind == .primary { card.worker = payload.person }
            case .relieved(let payload):
                if payload.kind == .primary, card.worker == payload.person { card.worker = nil }
            }
        }
    }

    private mutating func fold(_ event: HouseholdEvent, _ fact: Fact) -> [TerritoryID] {
        guard let tally = event.tally else { return [] }
        let before = buildings[event.building, default: BuildingCard()]
        var after = before
        after.tally = tally
        after.overdue.fold(event)
        if case .visited(let visit) = event {
            after.lastVisit = max(before.lastVisit ?? fact.origin.occurredAt, fact.origin.occurredAt)
            if hasty.fold(visit, fact.origin) { listVisitors() }
        }
        buildings[event.building] = after
        guard let grid = grid(of: event.building) else { return [] }
        return change(grid) { card in
            card.tally = card.tally - before.tally + after.tally
            card.overdue = card.overdue - before.overdue.counts + after.overdue.counts
            if let visit = after.lastVisit { card.lastVisit = max(card.lastVisit ?? visit, visit) }
        }
    }

    private mutating func listVisitors() {
        let lines = hasty.found.map { person, run in
            HastyVisitor(person: person, grid: name(of: run.grid), since: run.since, count: run.count)
        }
        visitors = lines.sorted { ($1.since, $0.person) < ($0.since, $1.person) }
    }

    private mutating func fold(_ event: MatterEvent, _ clocks: ClockChanges) -> [TerritoryID] {
        let place: TerritoryID?
        let sign: Int
        switch event {
        case .raised(let payload):
            place = matters.updateValue(payload.territory, forKey: payload.matter) == nil ? payload.territory : nil
            sign = 1
        case .reopened(let payload):
            guard matters[payload.matter] == nil, let territory = clocks.matter?.territory else { return [] }
            matters[payload.matter] = territory
            place = territory
            sign = 1
        case .closed(let payload):
            place = matters.removeValue(forKey: payload.matter)
            sign = -1
        default: return []
        }
        guard let grid = place.flatMap(grid(of:)) else { return [] }
        return change(grid) { $0.matters = max(0, $0.matters + sign) }
    }

    private mutating func change(_ grid: TerritoryID, _ change: (inout GridCard) -> Void) -> [TerritoryID] {
        guard var card = cards[grid] else { return [] }
        count(grid, -1)
        change(&card)
        cards[grid] = card
        count(grid, 1)
        return [grid]
    }

    private mutating func count(_ grid: TerritoryID, _ sign: Int) {
        if let row = row(of: grid) { sums.add(row, sign) }
    }

    // MARK: Asking

    package func row(_ key: String) -> GridRow? { TerritoryID(rawValue: key).flatMap(row(of:)) }

    package func rows() -> [GridRow] { cards.keys.compactMap(row(of:)).sorted { $0.order < $1.order } }

    private func row(of grid: TerritoryID) -> GridRow? {
        guard let card = cards[grid], let territory = territories.territory(grid) else { return nil }
        if territory.isRetired, card.matters == 0 { return nil }
        let isAlerted = !territory.isRetired && territories.alert(on: grid) != nil
        let state: GridRow.State =
            if territory.isRetired {
                .retired
            } else if card.worker != nil {
                card.overdue == OverdueVisits.Counts() ? .covered : .behind
            } else {
                isAlerted ? .uncovered : .withoutWorker
            }
        return GridRow(
            id: grid,
            title: territory.words,
            detail: name(of: territory.parent),
            state: state,
            card: card,
            isAlerted: isAlerted,
            isThreeNo: threeNo.contains(grid),
            size: sizes[grid]
        )
    }

    package func figures(at moment: BoardMoment) -> GridsFigures {
        GridsFigures(sums: sums, threeNo: threeNo.count, compounds: compounds, hasty: visitors)
    }
}
