import MusterDomain

/// Finds who can have some work, tier by tier; people of a group of work are looked up once.
struct CandidateSource: Sendable {
    private struct Key: Hashable {
        let group: Int
        let tier: Int
    }

    /// Who has posts and skills for a group's work.
    private struct Group: Sendable {
        let people: [Int32]
        /// Those with a base, when they are many.
        let grid: SpatialGrid?
        /// Those without.
        let placeless: [Int32]
    }

    /// Up to so many people, all are looked at.
    private static let few = 96

    private var groups: [Key: Group] = [:]

    /// The people of a tier who can have some work and would cost least by themselves, up to a limit, cheapest first.
    mutating func nearest(_ work: Int, tier: Int, in problem: AssignmentProblem) -> [Candidate] {
        let limit = problem.batch.configuration.candidates
        let group = group(of: work, tier: tier, in: problem)
        // More than the limit, since some will not have the time, and distance is not the only cost.
        let wanted = max(Self.few, limit * 2)
        guard group.people.count > wanted else { return choose(group.people, for: work, limit, problem) }
        guard let grid = group.grid, problem.groups.places[work] != nil else {
            // Without a place all are equally far: everyone's turn comes with other work.
            let start = work * limit % group.people.count
            let turn = (0..<wanted).map { group.people[(start + $0) % group.people.count] }
            return choose(turn, for: work, limit, problem)
        }
        let point = problem.pool.point(problem.batch.work[work].place)
        let near = grid.around(point, count: wanted)
        let turn = group.placeless.isEmpty ? 0 : work * 8 % group.placeless.count
        return choose(near + group.placeless.dropFirst(turn).prefix(8), for: work, limit, problem)
    }

    /// All of a tier with posts and skills for some work in general; not all will have them at the time, or be free.
    mutating func everybody(for work: Int, tier: Int, in problem: AssignmentProblem) -> [Int32] {
        group(of: work, tier: tier, in: problem).people
    }

    private func choose(
        _ people: [Int32],
        for work: Int,
        _ limit: Int,
        _ problem: AssignmentProblem
    ) -> [Candidate] {
        let slot = problem.slots[work]
        let share = problem.shares[work]
        var found: [(candidate: Candidate, cost: Double)] = []
        found.reserveCapacity(people.count)
        for person in people {
            let index = Int(person)
            guard problem.pool.timetables.admits(slot, for: index), problem.isEligible(index, for: work) else {
                continue
            }
            let candidate = problem.candidate(work, index)
            let load = problem.pool.loads[index]
            found.append((candidate, candidate.price.cost + problem.loadCost(from: load, to: load + share)))
        }
        if found.count > limit {
            found.sort { ($0.cost, $0.candidate.person) < ($1.cost, $1.candidate.person) }
            found.removeLast(found.count - limit)
        }
        found.sort {
            ($0.candidate.price, $0.candidate.person) < ($1.candidate.price, $1.candidate.person)
        }
        return found.map(\.candidate)
    }

    private mutating func group(of work: Int, tier: Int, in problem: AssignmentProblem) -> Group {
        let key = Key(group: problem.groups.group[work], tier: tier)
        if let group = groups[key] { return group }
        let demand = problem.groups.demands[key.group]
        let known = problem.groups.skills
        let bits = SkillBits(demand.skills.compactMap { known[$0] }, of: known.count)
        let people = problem.pool.people(for: demand, tier: tier, in: problem.batch, needing: bits)
        var group = Group(people: people, grid: nil, placeless: [])
        if people.count > Self.few {
            let placed = people.filter { problem.pool.bases[Int($0)] != nil }
            let placeless = people.filter { problem.pool.bases[Int($0)] == nil }
            let grid = placed.isEmpty ? nil : SpatialGrid(placed, at: problem.pool.flat)
            group = Group(people: people, grid: grid, placeless: placeless)
        }
        groups[key] = group
        return group
    }
}
