/// Which tasks a reader has seen, although transactions commit in another order than they took their numbers.
///
/// Everything up to `highest` was seen but for the gaps. A gap is looked for again until it has come, or until every
/// transaction that was under way when it was noticed has ended without it: then it was rolled back.
struct NumberHorizon: Sendable {
    /// What a look at the database says of transactions.
    struct Snapshot: Hashable, Sendable {
        /// All before it have ended.
        let xmin: Int64
        /// Every transaction that began before the look has a lower number; nil when that was not asked. What a snapshot
        /// calls its xmax will not do: transactions above it may be under way.
        let bound: Int64?
    }

    /// Numbers that were not seen, one after the other.
    struct Gap: Hashable, Sendable {
        var first: Int64
        var last: Int64
        /// Whoever brings them has a lower number; nil when that is not known yet.
        var bound: Int64?
    }

    private(set) var highest: Int64
    /// Ascending, and none beside another with the same bound.
    private(set) var gaps: [Gap] = []

    init(highest: Int64 = 0) { self.highest = highest }

    /// Whether the next look must tell which transactions may have begun before it.
    var needsBound: Bool { gaps.contains { $0.bound == nil } }

    /// Notes that a task was seen.
    ///
    /// - Returns: whether it was not seen before.
    mutating func see(_ number: Int64) -> Bool {
        guard number <= highest else {
            // Their numbers were taken before this one, which is committed.
            if number > highest + 1 { gaps.append(Gap(first: highest + 1, last: number - 1)) }
            highest = number
            return true
        }
        guard let index = index(of: number) else { return false }
        let gap = gaps[index]
        var rest: [Gap] = []
        if gap.first < number { rest.append(Gap(first: gap.first, last: number - 1, bound: gap.bound)) }
        if number < gap.last { rest.append(Gap(first: number + 1, last: gap.last, bound: gap.bound)) }
        gaps.replaceSubrange(index...index, with: rest)
        return true
    }

    private func index(of number: Int64) -> Int? {
        var (low, high) = (0, gaps.count)
        while low < high {
            let middle = (low + high) / 2
            if gaps[middle].last < number { low = middle + 1 } else { high = middle }
        }
        return low < gaps.count && gaps[low].first <= number ? low : nil
    }

    /// Notes that a reader looked for all gaps, and that what it found has been seen.
    ///
    /// - Parameter highest: up to which there were gaps to look for.
    mutating func miss(through highest: Int64, in snapshot: Snapshot) {
        gaps.removeAll { gap in
            guard gap.last <= highest, let bound = gap.bound else { return false }
            return bound <= snapshot.xmin
        }
        guard let bound = snapshot.bound else { return }
        for index in gaps.indices where gaps[index].bound == nil && gaps[index].last <= highest {
            gaps[index].bound = bound
        }
    }
}
