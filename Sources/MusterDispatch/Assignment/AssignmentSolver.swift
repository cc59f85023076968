import MusterDomain

/// Assigns people to tasks and shifts, a batch at a time.
///
/// **What is never broken**: R12.1–R12.4 and everything else that `Worker.refusals` refuses, also between the pieces of
/// work of one batch: nobody has two at a time, and hours, rest and rest days count over the roster and the batch. One
/// person can have several pieces of work.
///
/// **What is sought**, in this order:
/// 1. as much emergency work covered as possible, then as much urgent, then as much normal work: nothing is left open
///    for the sake of anything less urgent;
/// 2. as few people as possible from the highest roster tier, then from the next, and so on (R12.5): a tier is opened
///    only for what the lower ones cannot cover;
/// 3. the least cost: for each assignment `kilometre` × the distance from base to place and `surplusSkill` × the skills
///    beyond those needed; for each person `load` × (load after² − load before²). A load is the hours of the week (or of
///    the batch's days, if they are more) by the limit of a week, and `residents` × residents by the alarm's figure
///    (R12.7). A square grows faster the more somebody has, so that even loads cost less.
///
/// **How**: urgency by urgency and tier by tier, work is given out by regret; what stays open is covered by chains in
/// which people pass work on; then chains that lower the cost, and trials that give out some work anew. Work sees only
/// the people who would cost least by themselves, until it stays open: then it is held against everybody. The answer
/// is not proven to be the best; tests compare it with the best on small cases. Time grows about as the number of pieces
/// of work times `candidates`, memory as the number of pieces of work times `candidates` and as the people times the
/// different demands.
///
/// The same batch gives the same answer, in whatever order people and work come.
package enum AssignmentSolver {
    /// How often each piece of work is looked at for something cheaper, on average at most.
    private static let mostRounds = 6

    /// - Throws: `CancellationError` when the task is cancelled.
    package static func solve(_ batch: AssignmentBatch) throws -> AssignmentPlan {
        let problem = AssignmentProblem(batch)
        var draft = AssignmentDraft(problem)
        let tiers = Set(problem.pool.tiers).sorted()
        for priority in Urgency.allCases.indices {
            let work = problem.slots.indices.filter { problem.priorities[$0] == priority }
            for tier in tiers {
                let open = work.filter(draft.isOpen)
                if open.isEmpty { break }
                for piece in open { draft.seek(piece, upTo: tier) }
                try draft.insertByRegret(open)
                try cover(open, upTo: tier, in: &draft)
            }
        }
        let worthwhile = worthwhileTier(of: draft)
        for piece in problem.slots.indices { draft.seek(piece, upTo: worthwhile) }
        try lowerCost(of: Array(problem.slots.indices), in: &draft)
        var trials = TrialSearch(seed: batch.configuration.seed)
        try trials.run(batch.configuration.trials, in: &draft)
        // The changes since may have made room.
        let open = problem.slots.indices.filter(draft.isOpen)
        for priority in Urgency.allCases.indices {
            let work = open.filter { problem.priorities[$0] == priority }
            var search = CoverageSearch(count: draft.owners.count)
            try cover(work, fromEverybodyUpTo: tiers.last ?? 1, with: &search, in: &draft)
        }
        try lowerCost(of: open.filter { !draft.isOpen($0) }, in: &draft)
        return AssignmentPlan(draft)
    }

    /// Covers what is open by chains, first among the candidates, then from everybody.
    private static func cover(_ work: [Int], upTo tier: Int, in draft: inout AssignmentDraft) throws {
        var search = CoverageSearch(count: draft.owners.count)
        var left: [Int] = []
        for piece in work where draft.isOpen(piece) {
            try Task.checkCancellation()
            if !search.cover(piece, upTo: tier, in: &draft) { left.append(piece) }
        }
        try cover(left, fromEverybodyUpTo: tier, with: &search, in: &draft)
    }

    private static func cover(
        _ work: [Int],
        fromEverybodyUpTo tier: Int,
        with search: inout CoverageSearch,
        in draft: inout AssignmentDraft
    ) throws {
        for piece in work {
            try Task.checkCancellation()
            _ = search.coverFromEverybody(piece, upTo: tier, in: &draft)
        }
    }

    /// The highest tier that so much work went to that changing places with its people is worth a search: in a large
    /// batch one piece in fifty, in a small one any.
    private static func worthwhileTier(of draft: AssignmentDraft) -> Int {
        let tiers = draft.owners.filter { $0 >= 0 }.map { draft.problem.pool.tiers[Int($0)] }
        let least = draft.owners.count <= 500 ? 1 : tiers.count / 50
        return Set(tiers).filter { tier in tiers.count { $0 == tier } >= least }.max() ?? 1
    }

    /// Begins with some work, and goes on with that of everybody whose work has changed.
    private static func lowerCost(of work: [Int], in draft: inout AssignmentDraft) throws {
        guard !work.isEmpty else { return }
        var search = CostSearch(draft)
        var queue = work.map { Int32($0) }
        var isQueued = Array(repeating: false, count: draft.owners.count)
        for piece in work { isQueued[piece] = true }
        var head = 0
        while head < queue.count, head < work.count * mostRounds {
            if head.isMultiple(of: 64) { try Task.checkCancellation() }
            let work = Int(queue[head])
            isQueued[work] = false
            head += 1
            for changed in search.improve(work, in: &draft) where !isQueued[Int(changed)] {
                isQueued[Int(changed)] = true
                queue.append(changed)
            }
        }
    }
}
