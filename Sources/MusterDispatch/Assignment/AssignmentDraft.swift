import MusterDomain

/// A plan while it is being made: who has which work, and what that costs. Every step keeps the hard rules.
struct AssignmentDraft: Sendable {
    static let nobody: Int32 = -1

    let problem: AssignmentProblem
    /// Who has each piece of work; `nobody` while it is open.
    private(set) var owners: [Int32]
    /// What each piece of work costs where it is, without load.
    private(set) var prices: [Price]
    private(set) var timetables: Timetable
    private(set) var loads: [Double]
    /// The work of this batch that each person has, in the order in which it was given.
    private(set) var work: [[Int32]]
    /// Who can have each piece of work, the cheapest first.
    private(set) var candidates: [[Candidate]]
    /// Up to which tier candidates have been sought.
    private var soughtTiers: [Int]
    private var source = CandidateSource()

    init(_ problem: AssignmentProblem) {
        let count = problem.slots.count
        self.problem = problem
        owners = Array(repeating: Self.nobody, count: count)
        prices = Array(repeating: .zero, count: count)
        timetables = problem.pool.timetables
        loads = problem.pool.loads
        work = Array(repeating: [], count: problem.pool.loads.count)
        candidates = Array(repeating: [], count: count)
        soughtTiers = Array(repeating: 0, count: count)
    }

    /// Sees to it that the candidates of some work reach up to a tier.
    mutating func seek(_ work: Int, upTo tier: Int) {
        while soughtTiers[work] < tier {
            soughtTiers[work] += 1
            // Tiers come in order, and so do the candidates within each.
            candidates[work] += source.nearest(work, tier: soughtTiers[work], in: problem)
        }
    }

    /// Everybody up to a tier who might have some work, not only those that were looked at closely.
    mutating func everybody(for work: Int, upTo tier: Int) -> [Int32] {
        guard tier >= 1 else { return [] }
        return (1...tier).flatMap { source.everybody(for: work, tier: $0, in: problem) }
    }

    func isOpen(_ work: Int) -> Bool { owners[work] == Self.nobody }

    /// What it would add to give some work to somebody, as loads are now.
    func price(of candidate: Candidate, for work: Int) -> Price {
        let load = loads[Int(candidate.person)]
        return candidate.price + Price(cost: problem.loadCost(from: load, to: load + problem.shares[work]))
    }

    /// What it would save to take some work off whoever has it.
    func saving(of work: Int) -> Price {
        let load = loads[Int(owners[work])]
        return prices[work] + Price(cost: problem.loadCost(from: load - problem.shares[work], to: load))
    }

    func admits(_ work: Int, _ person: Int32, without other: Int32 = Timetable.none) -> Bool {
        timetables.admits(problem.slots[work], for: Int(person), without: other)
    }

    mutating func give(_ work: Int, to candidate: Candidate) {
        let person = Int(candidate.person)
        owners[work] = candidate.person
        prices[work] = candidate.price
        timetables.insert(problem.slots[work], tag: Int32(work), for: person)
        loads[person] += problem.shares[work]
        self.work[person].append(Int32(work))
    }

    mutating func take(_ work: Int) {
        let person = Int(owners[work])
        owners[work] = Self.nobody
        prices[work] = .zero
        timetables.remove(tag: Int32(work), of: person)
        loads[person] -= problem.shares[work]
        self.work[person].removeAll { $0 == Int32(work) }
    }

    /// What the whole plan adds to what is.
    var total: Price {
        var total = prices.reduce(.zero, +)
        for (before, after) in zip(problem.pool.loads, loads) {
            total.cost += problem.loadCost(from: before, to: after)
        }
        return total
    }
}
