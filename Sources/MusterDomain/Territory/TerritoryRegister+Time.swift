package import EventSourcing

/// What was where at any instant (R2.4). What nobody said a beginning of counts as having been there from ever.
extension TerritoryRegister {
    /// What a territory lay right below at a time; nil for a top, and for what is unknown.
    package func parent(of id: TerritoryID, at time: Timestamp) -> TerritoryID? {
        guard let place = territories[id] else { return nil }
        guard let placedAt = place.placedAt, time < placedAt else { return place.parent }
        return formerPlaces[id]?.first { time < $0.until }?.parent ?? place.parent
    }

    /// Those that held a territory at a time, from the nearest to the top. One that was not there yet, or not any more, is
    /// passed over.
    package func ancestors(of id: TerritoryID, at time: Timestamp) -> [TerritoryID] {
        var ancestors: [TerritoryID] = []
        var next = parent(of: id, at: time)
        var steps = 0
        while let parent = next, steps < TerritoryLevel.allCases.count {
            if territories[parent]?.isThere(at: time) == true { ancestors.append(parent) }
            next = self.parent(of: parent, at: time)
            steps += 1
        }
        return ancestors
    }

    /// The territory of a level that held `id` at a time, or is it.
    package func territory(of level: TerritoryLevel, holding id: TerritoryID, at time: Timestamp) -> TerritoryID? {
        if territories[id]?.level == level { return id }
        return ancestors(of: id, at: time).first { territories[$0]?.level == level }
    }

    /// Everything that lay in a territory at a time, itself not included; of one level when it is named. What lies right
    /// below one stands together.
    package func territories(
        under id: TerritoryID,
        of level: TerritoryLevel? = nil,
        at time: Timestamp
    ) -> [TerritoryID] {
        var found: [TerritoryID] = []
        collect(under: id, at: time, depth: 0) { territory in
            if let level, territory.level != level { return }
            found.append(territory.id)
        }
        return found
    }

    /// How many households were counted in a territory, as it lay at a time: those of its buildings, and those that
    /// somebody said of a place without any counted building.
    package func households(under id: TerritoryID, at time: Timestamp) -> Int {
        count(id, at: time, depth: 0)
    }

    private func count(_ id: TerritoryID, at time: Timestamp, depth: Int) -> Int {
        guard depth <= TerritoryLevel.allCases.count, let territory = territories[id] else { return 0 }
        var sum = 0
        for child in everBelow[id, default: []] where lies(child, below: id, at: time) {
            sum += count(child, at: time, depth: depth + 1)
        }
        return sum > 0 ? sum : territory.households ?? 0
    }

    private func collect(under id: TerritoryID, at time: Timestamp, depth: Int, _ take: (Territory) -> Void) {
        guard depth <= TerritoryLevel.allCases.count else { return }
        for child in everBelow[id, default: []] where lies(child, below: id, at: time) {
            guard let territory = territories[child] else { continue }
            take(territory)
            collect(under: child, at: time, depth: depth + 1, take)
        }
    }

    private func lies(_ child: TerritoryID, below id: TerritoryID, at time: Timestamp) -> Bool {
        territories[child]?.isThere(at: time) == true && parent(of: child, at: time) == id
    }
}
