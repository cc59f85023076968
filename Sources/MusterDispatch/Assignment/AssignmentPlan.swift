package import MusterDomain

/// Who does what, and why: the answer to a batch.
package struct AssignmentPlan: Sendable {
    /// In the order of the work's ids.
    package let assignments: [Assignment]
    /// What nobody can do, in the order of the ids.
    package let uncovered: [TaskID]
    /// The highest tier that somebody was taken from (R12.5); the lowest of the batch when nobody was.
    package let openedTier: RosterTier
    /// How many people's assignments come from each tier.
    package let tierCounts: [RosterTier: Int]
    /// How much work of each urgency is covered.
    package let covered: [Urgency: Int]
    /// The third part of the objective; see `AssignmentSolver`.
    package let cost: Double
    let draft: AssignmentDraft

    init(_ draft: AssignmentDraft) {
        let batch = draft.problem.batch
        self.draft = draft
        let given = batch.work.indices.filter { !draft.isOpen($0) }
        assignments = given.map { Assignment(of: $0, in: draft) }
        uncovered = batch.work.indices.filter(draft.isOpen).map { batch.work[$0].id }
        let lowest = batch.people.map(\.tier).min() ?? .standing
        openedTier = assignments.map(\.tier).max() ?? lowest
        tierCounts = assignments.reduce(into: [:]) { $0[$1.tier, default: 0] += 1 }
        covered = given.reduce(into: [:]) { $0[batch.work[$1].urgency, default: 0] += 1 }
        cost = draft.total.cost
    }

    package var batch: AssignmentBatch { draft.problem.batch }

    /// Who does some work; nil when nobody does.
    package func assignment(of work: TaskID) -> Assignment? {
        var (low, high) = (0, assignments.count)
        while low < high {
            let middle = (low + high) / 2
            if assignments[middle].work < work { low = middle + 1 } else { high = middle }
        }
        return low < assignments.count && assignments[low].work == work ? assignments[low] : nil
    }

    /// What the plan means for the tiers that are open (R12.5).
    package func surge(from open: RosterTier) -> SurgeChange { SurgeChange(open: open, needed: openedTier) }
}
