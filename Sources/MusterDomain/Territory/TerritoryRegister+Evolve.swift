import EventSourcing
import Records

extension TerritoryRegister {
    package mutating func evolve(_ event: TerritoryEvent, from origin: Origin) {
        switch event {
        case .defined(let payload): add(Territory(payload))
        case .buildingRegistered(let payload): add(Territory(payload))
        case .gridDrawn(let payload): draw(payload)
        case .gridSplit(let payload):
            let parent = territories[payload.grid]?.parent
            for part in payload.parts { add(part, below: parent, since: payload.from) }
            retire(payload.grid, at: payload.from, successors: payload.parts.map(\.grid))
        case .gridMerged(let payload):
            add(payload.into, below: payload.grids.first.flatMap { territories[$0]?.parent }, since: payload.from)
            for grid in payload.grids { retire(grid, at: payload.from, successors: [payload.into.grid]) }
        case .moved(let payload):
            place(payload.territory, below: payload.parent, at: payload.from)
            if let code = payload.code { recode(payload.territory, code) }
        case .retired(let payload): retire(payload.territory, at: payload.from, successors: payload.successors)
        case .threeNoFlagged(let payload):
            territories.update(payload.territory) { $0.missing = Set(payload.missing) }
        case .alerted(let payload): alert(payload)
        case .alertLifted(let payload): lift(payload.incident)
        }
    }

    /// For those who define territories without a log.
    package mutating func evolve(_ payload: TerritoryDefined) { add(Territory(payload)) }

    private mutating func add(_ territory: Territory) {
        territories[territory.id] = territory
        if let code = territory.code { codes[code.digits] = territory.id }
        if let parent = territory.parent { everBelow[parent, default: []].append(territory.id) }
    }

    private mutating func draw(_ payload: GridDrawn) {
        var grid = Territory(payload.grid)
        grid.parent = payload.community
        // Nobody says what was on this ground before; only what it was made of has a beginning that matters.
        add(grid)
        for building in payload.grid.buildings { place(building, below: grid.id, at: payload.from) }
    }

    private mutating func add(_ part: GridPart, below parent: TerritoryID?, since: Timestamp) {
        var grid = Territory(part)
        grid.parent = parent
        grid.since = since
        add(grid)
        for building in part.buildings { place(building, below: grid.id, at: since) }
    }

    private mutating func place(_ id: TerritoryID, below parent: TerritoryID, at time: Timestamp) {
        guard let before = territories[id] else { return }
        formerPlaces[id, default: []].append(FormerPlace(parent: before.parent, until: time))
        territories.update(id) { territory in
            territory.parent = parent
            territory.placedAt = time
        }
        if everBelow[parent]?.contains(id) != true { everBelow[parent, default: []].append(id) }
    }

    private mutating func recode(_ id: TerritoryID, _ digits: String) {
        // The old code keeps its territory, so that whoever still uses it learns what it became.
        codes[digits] = id
        territories.update(id) { $0.code = StatisticalCode(accepted: digits, level: $0.level) }
    }

    private mutating func retire(_ id: TerritoryID, at time: Timestamp, successors: [TerritoryID]) {
        territories.update(id) { territory in
            territory.until = time
            territory.successors = successors
        }
    }

    private mutating func alert(_ payload: TerritoryAlerted) {
        lift(payload.incident)
        alerts[payload.incident] = GroundAlert(
            incident: payload.incident,
            territory: payload.territory,
            checkBy: payload.checkBy
        )
        // What happens in a building is its grid's.
        let ground = territory(of: .grid, holding: payload.territory) ?? payload.territory
        alerted[ground] = (alerted[ground, default: []] + [payload.incident]).sorted()
    }

    private mutating func lift(_ incident: IncidentID) {
        guard alerts.removeValue(forKey: incident) != nil else { return }
        for (ground, incidents) in alerted where incidents.contains(incident) {
            let others = incidents.filter { $0 != incident }
            alerted[ground] = others.isEmpty ? nil : others
        }
    }
}

extension Territory {
    init(_ payload: TerritoryDefined) {
        self.init(
            id: payload.territory,
            level: payload.level,
            parent: payload.parent,
            words: Words(payload.nameEN, zh: payload.nameZH),
            households: payload.households,
            code: payload.code.map { StatisticalCode(accepted: $0, level: payload.level) }
        )
    }

    init(_ payload: BuildingRegistered) {
        self.init(
            id: payload.building,
            level: .building,
            parent: payload.parent,
            words: Words(payload.nameEN, zh: payload.nameZH),
            households: payload.households
        )
    }

    init(_ part: GridPart) {
        self.init(
            id: part.grid,
            level: .grid,
            parent: nil,
            words: Words(part.nameEN, zh: part.nameZH),
            households: part.households
        )
    }
}
