import EventSourcing
import MusterDomain

/// A batch in numbers: people and work by their places in it, skills as bits, loads as shares of a week.
struct AssignmentProblem: Sendable {
    let batch: AssignmentBatch
    let weights: AssignmentWeights
    let slots: [WorkSlot]
    /// 0 is the most urgent.
    let priorities: [Int]
    /// The work as a share of the limit of a week.
    let shares: [Double]
    let groups: WorkGroups
    let pool: PersonPool
    /// The days over which loads are compared: the week that ends with the last start, or the batch's days if more.
    let days: ClosedRange<Int>

    init(_ batch: AssignmentBatch) {
        self.batch = batch
        weights = batch.configuration.weights
        let limits = batch.limits
        slots = batch.work.map { WorkSlot($0.period, days: limits.days) }
        priorities = batch.work.map { work in Urgency.allCases.firstIndex(of: work.urgency) ?? 0 }
        let week = Double(limits.weeklyWork.wholeMicroseconds)
        shares = slots.map { Double($0.microseconds) / week }
        let first = slots.map(\.firstDay).min() ?? 0
        let last = slots.map(\.lastDay).max() ?? 0
        let lastStart = max(first, slots.map(\.firstDay).max() ?? 0)
        days = min(first, lastStart - 6)...last
        groups = WorkGroups(batch)
        pool = PersonPool(batch, skills: groups.skills, timetables: first...last, load: days)
    }

    /// Distance between a person's base and some work, in kilometres; nil when either is unknown.
    func distance(_ work: Int, _ person: Int) -> Double? {
        guard let place = groups.places[work], let base = pool.bases[person] else { return nil }
        return place.kilometres(to: base)
    }

    /// Skills that a person has beyond those needed.
    func surplusSkills(_ work: Int, _ person: Int) -> Int {
        max(0, pool.skillCounts[person] - batch.work[work].skills.count)
    }

    func candidate(_ work: Int, _ person: Int) -> Candidate {
        let kilometres = distance(work, person) ?? weights.unknownDistance
        let surplus = max(0, pool.skillCounts[person] - groups.skillCounts[work])
        let cost = weights.kilometre * kilometres + weights.surplusSkill * Double(surplus)
        return Candidate(
            person: Int32(person),
            price: Price(tiers: Price.tiers(of: pool.tiers[person]), cost: cost)
        )
    }

    /// Presence, posts and skills for the very time of the work; everybody in the work's group has them in general.
    func isEligible(_ person: Int, for work: Int) -> Bool {
        guard pool.changes[person] else { return true }
        let worker = batch.people[person]
        let need = batch.work[work].need
        return worker.presenceRefusals(of: need.period).isEmpty
            && worker.reach(of: need, in: batch.territories).refusal == nil
            && worker.skillRefusals(of: need.skills, during: need.period).isEmpty
    }

    /// Cost of a person's load beside another.
    func loadCost(from before: Double, to after: Double) -> Double {
        weights.load * (after * after - before * before)
    }
}
