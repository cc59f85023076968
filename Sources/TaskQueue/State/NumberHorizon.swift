/// Which tasks a reader has seen, although transactions commit in another order than they took their numbers.
///
/// Everything up to `highest` was seen but for the gaps. A gap is looked for again until it has come, or until every
/// transaction that was under way when it was noticed has ended without it: then it was rolled back.
struct NumberHorizon: Sendable {
    /// What a snapshot says of transactions.
    struct Snapshot: Hashable, Sendable {
        /// All before it have ended.
        let xmin: Int64
        /// None from it on had begun.
        let xmax: Int64
    }

    private(set) var highest: Int64
    /// Each with the transaction before which it must have begun; nil until a reader has looked for it.
    private var gaps: [Int64: Int64?] = [:]

    init(highest: Int64 = 0) { self.highest = highest }

    /// Ascending.
    var missing: [Int64] { gaps.keys.sorted() }

    /// Notes that a task was seen.
    ///
    /// - Parameter snapshot: in which it was read; nil when its writer told of it.
    /// - Returns: whether it was not seen before.
    mutating func see(_ number: Int64, in snapshot: Snapshot? = nil) -> Bool {
        guard number > highest else { return gaps.removeValue(forKey: number) != nil }
        // Their numbers were taken before this one, which is committed.
        for gap in highest + 1..<number { gaps[gap] = .some(snapshot?.xmax) }
        highest = number
        return true
    }

    /// Notes that a reader looked for gaps and found none of these any more: takes the answer of the database for what it
    /// says.
    ///
    /// - Parameter sought: the gaps that the reader looked for; those that it found have been seen by now.
    mutating func miss(_ sought: [Int64], in snapshot: Snapshot) {
        for gap in sought {
            guard let begun = gaps[gap] else { continue }
            if let begun {
                if begun <= snapshot.xmin { gaps[gap] = nil }
            } else {
                gaps[gap] = .some(snapshot.xmax)
            }
        }
    }
}
