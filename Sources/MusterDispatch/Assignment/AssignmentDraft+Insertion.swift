import HeapModule

extension AssignmentDraft {
    /// Gives out open work one by one: first what would lose most by waiting, since its second-best person is much
    /// dearer than the best, or there is none.
    mutating func insertByRegret(_ work: [Int]) throws {
        var heap = Heap<Waiting>()
        for piece in work {
            if let waiting = waiting(piece) { heap.insert(waiting) }
        }
        var steps = 0
        while let first = heap.popMax() {
            steps += 1
            if steps.isMultiple(of: 256) { try Task.checkCancellation() }
            guard let now = waiting(first.work) else { continue }
            if let next = heap.max, now < next {
                heap.insert(now)
            } else {
                give(first.work, to: now.best)
            }
        }
    }

    /// The best and the second-best place of some work; nil when there is none.
    private mutating func waiting(_ work: Int) -> Waiting? {
        var best: (candidate: Candidate, price: Price)?
        var second: Price?
        for candidate in candidates[work] {
            // In the order of price without load: what comes later cannot be better.
            if let second, candidate.price >= second { break }
            guard admits(work, candidate.person) else { continue }
            let price = price(of: candidate, for: work)
            if let other = best, other.price <= price {
                if second.map({ price < $0 }) ?? true { second = price }
            } else {
                second = best?.price
                best = (candidate, price)
            }
        }
        guard let best else { return nil }
        let regret = second.map { $0 - best.price } ?? Price(tiers: .max, cost: -best.price.cost)
        return Waiting(work: work, best: best.candidate, regret: regret)
    }
}

/// Work that waits for its turn.
private struct Waiting: Comparable {
    let work: Int
    let best: Candidate
    let regret: Price

    static func == (lhs: Waiting, rhs: Waiting) -> Bool { lhs.work == rhs.work && lhs.regret == rhs.regret }

    static func < (lhs: Waiting, rhs: Waiting) -> Bool {
        // Of equals, the one whose name comes first.
        lhs.regret == rhs.regret ? lhs.work > rhs.work : lhs.regret < rhs.regret
    }
}
