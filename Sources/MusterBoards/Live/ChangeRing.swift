import EventSourcing

/// The newest changes of a board, bounded in number and in bytes, found by position.
struct ChangeRing: Sendable {
    enum Lookup: Equatable {
        /// The first change after the position that was asked for.
        case change(BoardChange)
        /// Nothing has changed since.
        case nothing
        /// Changes after that position have left the ring, or one of them begins before it.
        case tooOld
    }

    let maximumCount: Int
    let maximumBytes: Int
    /// Every change after this position is here.
    private(set) var floor: Position
    private(set) var count = 0
    private(set) var byteCount = 0
    private var slots: [BoardChange?]
    private var start = 0

    init(maximumCount: Int, maximumBytes: Int, floor: Position = .origin) {
        precondition(maximumCount > 0)
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
        self.floor = floor
        slots = Array(repeating: nil, count: maximumCount)
    }

    /// Keeps a change that is later than every one before; the oldest leave when there is no room.
    mutating func append(_ change: BoardChange) {
        if count == maximumCount { dropFirst() }
        slots[(start + count) % maximumCount] = change
        count += 1
        byteCount += change.byteCount
        while byteCount > maximumBytes, count > 0 { dropFirst() }
    }

    /// Forgets everything up to a position.
    mutating func reset(to position: Position) {
        self = ChangeRing(maximumCount: maximumCount, maximumBytes: maximumBytes, floor: position)
    }

    func next(after position: Position) -> Lookup {
        guard position >= floor else { return .tooOld }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if let change = self[middle], change.position > position { high = middle } else { low = middle + 1 }
        }
        guard let change = self[low] else { return .nothing }
        return position <= change.since ? .change(change) : .tooOld
    }

    private subscript(ordinal: Int) -> BoardChange? {
        ordinal < count ? slots[(start + ordinal) % maximumCount] : nil
    }

    private mutating func dropFirst() {
        guard let change = slots[start] else { return }
        floor = change.position
        byteCount -= change.byteCount
        slots[start] = nil
        start = (start + 1) % maximumCount
        count -= 1
    }
}
