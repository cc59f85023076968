import MusterDomain

/// The best plan of all, by looking at every one that could be better than the best so far: for batches so small that
/// this ends, and for measuring what `AssignmentSolver` finds.
package struct ExactAssignment: Sendable {
    /// How much work of each urgency is covered, the most urgent first.
    package let covered: [Int]
    /// How many people's assignments come from each tier, the lowest first.
    package let tierCounts: [Int]
    package let cost: Double

    /// Nil when more steps would be needed than are allowed.
    package init?(of batch: AssignmentBatch, steps: Int = 2_000_000) {
        var search = ExactSearch(AssignmentProblem(batch), steps: steps)
        search.descend(0)
        guard search.steps > 0 else { return nil }
        covered = search.best.covered
        tierCounts = search.best.tiers
        cost = search.best.price.cost
    }
}

/// A plan, whole or in parts, as far as it is compared.
private struct Worth {
    var covered = [0, 0, 0]
    var tiers = [0, 0, 0, 0, 0]
    var price = Price.zero

    func isBetter(than other: Worth) -> Bool {
        for (own, others) in zip(covered, other.covered) where own != others { return own > others }
        return (price - other.price).isGain
    }
}

private struct ExactSearch {
    private let problem: AssignmentProblem
    /// The most urgent first.
    private let order: [Int]
    private let candidates: [[Candidate]]
    /// For each place in the order, what everything from there on costs at the least and covers at the most.
    private let rest: [Worth]
    private var timetables: Timetable
    private var loads: [Double]
    private var now = Worth()
    private(set) var best = Worth()
    /// How many may still be taken.
    private(set) var steps: Int
    private var hasBest = false

    init(_ problem: AssignmentProblem, steps: Int) {
        self.problem = problem
        self.steps = steps
        timetables = problem.pool.timetables
        loads = problem.pool.loads
        let batch = problem.batch
        let candidates = batch.work.indices.map { work in
            batch.people.indices.filter { person in
                batch.people[person].refusals(of: batch.work[work].need, in: batch.territories, limits: batch.limits)
                    .isEmpty
            }.map { problem.candidate(work, $0) }
        }
        self.candidates = candidates
        // Work that few can do first, within an urgency: it is where plans part.
        let order = batch.work.indices.sorted {
            (problem.priorities[$0], candidates[$0].count, $0) < (problem.priorities[$1], candidates[$1].count, $1)
        }
        self.order = order
        var rest = [Worth()]
        for work in order.reversed() {
            var worth = rest[rest.count - 1]
            let least = candidates[work].map { candidate in
                let load = problem.pool.loads[Int(candidate.person)]
                return candidate.price + Price(cost: problem.loadCost(from: load, to: load + problem.shares[work]))
            }.min()
            if let least {
                worth.covered[problem.priorities[work]] += 1
                worth.price = worth.price + least
            }
            rest.append(worth)
        }
        self.rest = rest.reversed()
    }

    mutating func descend(_ place: Int) {
        guard steps > 0 else { return }
        steps -= 1
        if hasBest {
            var limit = now
            for index in limit.covered.indices { limit.covered[index] += rest[place].covered[index] }
            limit.price = limit.price + rest[place].price
            // Where as much might be covered, the least price decides; the price of what stays open is no bound then.
            guard limit.isBetter(than: best) else { return }
        }
        guard place < order.count else {
            best = now
            hasBest = true
            return
        }
        let work = order[place]
        let share = problem.shares[work]
        let options = options(for: work)
        for (candidate, price) in options {
            let person = Int(candidate.person)
            guard timetables.admits(problem.slots[work], for: person) else { continue }
            let before = now
            timetables.insert(problem.slots[work], tag: Int32(work), for: person)
            loads[person] += share
            now.covered[problem.priorities[work]] += 1
            now.tiers[problem.pool.tiers[person] - 1] += 1
            now.price = now.price + price
            descend(place + 1)
            now = before
            loads[person] -= share
            timetables.remove(tag: Int32(work), of: person)
        }
        descend(place + 1)
    }

    /// Who could have some work at all, the cheapest as loads are now first.
    private func options(for work: Int) -> [(Candidate, Price)] {
        let share = problem.shares[work]
        var options: [(candidate: Candidate, price: Price)] = []
        for candidate in candidates[work] {
            let load = loads[Int(candidate.person)]
            let cost = problem.loadCost(from: load, to: load + share)
            options.append((candidate, candidate.price + Price(cost: cost)))
        }
        options.sort { one, other in
            one.price == other.price ? one.candidate.person < other.candidate.person : one.price < other.price
        }
        return options
    }
}
