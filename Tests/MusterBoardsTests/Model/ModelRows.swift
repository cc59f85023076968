/// The rows of a board that has just enough of them: they come, change and go, and two may be there at once.
struct ModelRows: Hashable {
    /// What changes rows: nil takes a row away.
    typealias Difference = [Int: Int?]

    private(set) var values: [Int: Int] = [:]

    /// No rows.
    init() {}

    /// What the events up to a position make of the board.
    init(at position: Int) {
        for event in 1..<(position + 1) {
            // Sums every event, so that one that is lost or counts twice shows.
            values[0, default: 0] += event
            values[1] = event.isMultiple(of: 2) ? nil : event
        }
    }

    var keys: [Int] { values.keys.sorted() }

    /// What makes these rows others.
    func difference(to new: ModelRows) -> Difference {
        var difference: Difference = [:]
        for (key, value) in new.values where values[key] != value { difference[key] = .some(value) }
        for key in values.keys where new.values[key] == nil { difference[key] = .some(nil) }
        return difference
    }

    mutating func apply(_ difference: Difference) {
        for (key, value) in difference { values[key] = value }
    }
}
