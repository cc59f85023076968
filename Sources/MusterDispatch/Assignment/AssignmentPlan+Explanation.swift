package import MusterDomain
package import Records

extension AssignmentPlan {
    /// Why a person did not get some work; nil when either is not in the batch.
    package func whyNot(_ person: PersonID, for work: TaskID) -> WhyNot? {
        guard let person = batch.index(of: person), let work = batch.index(of: work) else { return nil }
        return whyNot(person, work)
    }

    /// The same in a sentence.
    package func words(whyNot person: PersonID, for work: TaskID) -> Words? {
        whyNot(person, for: work)?.words(for: person, work: work, days: batch.limits.days)
    }

    private func whyNot(_ person: Int, _ work: Int) -> WhyNot {
        if Int(draft.owners[work]) == person { return .hasIt }
        let refusals = batch.people[person].refusals(
            of: batch.work[work].need,
            in: batch.territories,
            limits: batch.limits
        )
        guard refusals.isEmpty else { return .refused(refusals) }
        if let (others, refusals) = conflict(of: person, with: work) { return .neededElsewhere(others, refusals) }
        let tier = batch.people[person].tier
        let owner = draft.owners[work]
        guard owner >= 0, tier <= batch.people[Int(owner)].tier else { return .higherTier(tier) }
        let difference = difference(between: person, and: Int(owner), work)
        return difference.total > 0 ? .dearer(difference) : .asGood(difference)
    }

    /// The work of this batch that keeps somebody from more of it, with the rules that say so; nil when none does.
    private func conflict(of person: Int, with work: Int) -> ([TaskID], [AssignmentRefusal])? {
        let worker = batch.people[person]
        let breaches = draft.timetables.breaches(of: draft.problem.slots[work], for: person)
        guard !breaches.isClear else { return nil }
        let post = worker.reach(of: batch.work[work].need, in: batch.territories).post
        let refusals = worker.refusals(from: breaches, reachedBy: post, batch.limits) { tag in
            tag >= 0 ? .work(batch.work[Int(tag)].id) : .shift(worker.duties[-1 - Int(tag)].id)
        }
        let own = draft.work[person].sorted()
        if let overlap = breaches.overlap, overlap >= 0 { return ([batch.work[Int(overlap)].id], refusals) }
        return (own.map { batch.work[Int($0)].id }, refusals)
    }

    /// What it would cost more if somebody else had some work, and everything else stayed.
    private func difference(between person: Int, and owner: Int, _ work: Int) -> WhyNot.CostDifference {
        let problem = draft.problem
        let share = problem.shares[work]
        func way(_ person: Int) -> Double {
            problem.weights.kilometre * (problem.distance(work, person) ?? problem.weights.unknownDistance)
        }
        let surplus = problem.surplusSkills(work, person) - problem.surplusSkills(work, owner)
        let more = problem.loadCost(from: draft.loads[person], to: draft.loads[person] + share)
        let less = problem.loadCost(from: draft.loads[owner] - share, to: draft.loads[owner])
        return WhyNot.CostDifference(
            distance: way(person) - way(owner),
            load: more - less,
            surplusSkills: problem.weights.surplusSkill * Double(surplus)
        )
    }

    /// What keeps the batch's people from work that stays open, the most frequent first; nil when the work is not in the
    /// batch, empty when somebody has it.
    package func shortfalls(of work: TaskID) -> [Shortfall]? {
        guard let work = batch.index(of: work) else { return nil }
        guard draft.isOpen(work) else { return [] }
        var counts: [Shortfall.Cause: Int] = [:]
        for person in batch.people.indices {
            let refusals = batch.people[person].refusals(
                of: batch.work[work].need,
                in: batch.territories,
                limits: batch.limits
            )
            counts[refusals.first.map { .obstacle($0.reason) } ?? .otherWork, default: 0] += 1
        }
        return counts.map { Shortfall(cause: $0.key, people: $0.value, all: batch.people.count) }
            .sorted { ($1.people, $0.words.en) < ($0.people, $1.words.en) }
    }
}
