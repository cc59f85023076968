import EventSourcing

/// When the registry of each building is to be looked through next: one deadline a building, the earliest first.
struct RegistryDeadlines: Sendable {
    /// A building and when it is due.
    struct Entry: Hashable, Comparable, Sendable {
        let due: Timestamp
        let building: TerritoryID
        /// The event that set it.
        let cause: EventID

        static func < (lhs: Entry, rhs: Entry) -> Bool { (lhs.due, lhs.building) < (rhs.due, rhs.building) }
    }

    private var sorted: [Entry] = []
    private var byBuilding: [TerritoryID: Entry] = [:]

    func earliest(_ count: Int) -> ArraySlice<Entry> { sorted.prefix(count) }

    /// Looks no later than at a time.
    mutating func lower(_ building: TerritoryID, to due: Timestamp, because cause: EventID) {
        if let present = byBuilding[building], present.due <= due { return }
        set(building, due, because: cause)
    }

    /// - Parameter due: nil when nothing is waited for.
    mutating func set(_ building: TerritoryID, _ due: Timestamp?, because cause: EventID) {
        if let before = byBuilding.removeValue(forKey: building) {
            let index = index(of: before)
            if index < sorted.count, sorted[index] == before { sorted.remove(at: index) }
        }
        guard let due else { return }
        let entry = Entry(due: due, building: building, cause: cause)
        byBuilding[building] = entry
        sorted.insert(entry, at: index(of: entry))
    }

    /// Where an entry is, or would be.
    private func index(of entry: Entry) -> Int {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
