import MusterDomain

/// How many open reports of one kind come from one territory: where several say the same.
struct PlaceCounts: Sendable {
    struct Place: Hashable, Sendable {
        let territory: TerritoryID
        let kind: ReportKind
    }

    struct Crowd: Hashable, Sendable {
        let place: Place
        let count: Int

        /// The largest stand first.
        fileprivate func stands(before other: Crowd) -> Bool {
            if count != other.count { return count > other.count }
            if place.territory != other.place.territory { return place.territory < other.place.territory }
            return place.kind.rawValue < other.place.kind.rawValue
        }
    }

    private var counts: [Place: Int] = [:]
    /// Places with more than one, in order; kept so, as this is asked for after every batch of events.
    private(set) var crowds: [Crowd] = []

    mutating func add(_ place: Place) { set(place, to: counts[place, default: 0] + 1) }

    mutating func remove(_ place: Place) { set(place, to: counts[place, default: 0] - 1) }

    private mutating func set(_ place: Place, to count: Int) {
        if let before = counts[place], before > 1 {
            let old = Crowd(place: place, count: before)
            let index = crowds.partitionPoint { $0.stands(before: old) }
            if index < crowds.count, crowds[index] == old { crowds.remove(at: index) }
        }
        counts[place] = count > 0 ? count : nil
        guard count > 1 else { return }
        let new = Crowd(place: place, count: count)
        crowds.insert(new, at: crowds.partitionPoint { $0.stands(before: new) })
    }
}
