import EventSourcing

/// What is waited for next: one deadline for each key, the earliest first.
struct Deadlines<Key: Hashable & Comparable & Sendable>: Sendable {
    struct Entry: Hashable, Comparable, Sendable {
        let due: Timestamp
        let key: Key
        /// The event that set it.
        let cause: EventID

        static func < (lhs: Entry, rhs: Entry) -> Bool { (lhs.due, lhs.key) < (rhs.due, rhs.key) }
    }

    private var sorted: [Entry] = []
    private var byKey: [Key: Entry] = [:]

    func earliest(_ count: Int) -> ArraySlice<Entry> { sorted.prefix(count) }

    /// Waits no longer than until a time.
    mutating func lower(_ key: Key, to due: Timestamp, because cause: EventID) {
        if let present = byKey[key], present.due <= due { return }
        set(key, due, because: cause)
    }

    mutating func set(_ key: Key, _ due: Timestamp, because cause: EventID) {
        remove(key)
        let entry = Entry(due: due, key: key, cause: cause)
        byKey[key] = entry
        // Most deadlines are the latest so far.
        if let last = sorted.last, entry < last {
            sorted.insert(entry, at: index(of: entry))
        } else {
            sorted.append(entry)
        }
    }

    /// Waits for it no more.
    mutating func remove(_ key: Key) {
        guard let before = byKey.removeValue(forKey: key) else { return }
        let index = index(of: before)
        if index < sorted.count, sorted[index] == before { sorted.remove(at: index) }
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
