import MusterDomain

/// Takes some neighbouring work off its people and gives it out anew in another order, and keeps what is better: more
/// covered, of the most urgent first, or as much for less (Shaw 1998; Pisinger and Ropke 2007).
struct TrialSearch {
    /// Work that is taken off at a time.
    private static let most = 8

    private var chance: SplitMix
    private var removed: [(work: Int, candidate: Candidate?)] = []

    init(seed: UInt64) { chance = SplitMix(seed: seed) }

    mutating func run(_ trials: Int, in draft: inout AssignmentDraft) throws {
        let count = draft.owners.count
        guard count > 0 else { return }
        var open = (0..<count).filter(draft.isOpen)
        for trial in 0..<trials {
            if trial.isMultiple(of: 64) { try Task.checkCancellation() }
            let beginsOpen = !open.isEmpty && chance.below(2) == 0
            let seed = beginsOpen ? open[chance.below(open.count)] : chance.below(count)
            guard tryOnce(around: seed, in: &draft), !open.isEmpty || removed.contains(where: { draft.isOpen($0.work) })
            else { continue }
            open.removeAll { !draft.isOpen($0) }
            for work in removed.map(\.work) where draft.isOpen(work) && !open.contains(work) { open.append(work) }
        }
    }

    /// - Returns: whether the plan has changed.
    private mutating func tryOnce(around seed: Int, in draft: inout AssignmentDraft) -> Bool {
        let work = neighbours(of: seed, in: draft)
        var before = Score(priorities: 3)
        removed.removeAll(keepingCapacity: true)
        for piece in work {
            guard !draft.isOpen(piece) else {
                removed.append((piece, nil))
                continue
            }
            before.add(draft.saving(of: piece), priority: draft.problem.priorities[piece])
            removed.append((piece, Candidate(person: draft.owners[piece], price: draft.prices[piece])))
            draft.take(piece)
        }
        let after = giveOut(work, in: &draft)
        if after.isBetter(than: before) { return true }
        for (piece, _) in removed where !draft.isOpen(piece) { draft.take(piece) }
        for (piece, candidate) in removed {
            if let candidate { draft.give(piece, to: candidate) }
        }
        return false
    }

    /// Some work, and work of the people who could have it.
    private mutating func neighbours(of seed: Int, in draft: AssignmentDraft) -> [Int] {
        var work = [seed]
        let candidates = draft.candidates[seed]
        guard !candidates.isEmpty else { return work }
        var tries = 0
        while work.count < Self.most, tries < 3 * Self.most {
            tries += 1
            let person: Int32
            if tries == 1, !draft.isOpen(seed) {
                person = draft.owners[seed]
            } else {
                // Rather one of the cheaper ones.
                let bound = chance.below(2) == 0 ? min(8, candidates.count) : candidates.count
                person = candidates[chance.below(bound)].person
            }
            for other in draft.work[Int(person)] where work.count < Self.most && !work.contains(Int(other)) {
                work.append(Int(other))
            }
        }
        return work
    }

    /// The most urgent first, otherwise in an order by chance; each to the cheapest, in every other trial now and then to
    /// somebody by chance.
    private mutating func giveOut(_ work: [Int], in draft: inout AssignmentDraft) -> Score {
        var score = Score(priorities: 3)
        let order = work.shuffled(using: &chance)
        let isDaring = chance.below(2) == 0
        for priority in 0..<3 {
            for piece in order where draft.problem.priorities[piece] == priority {
                let goesAnywhere = isDaring && chance.below(4) == 0
                guard let candidate = goesAnywhere ? anybody(piece, in: draft) : cheapest(piece, in: draft) else {
                    continue
                }
                score.add(draft.price(of: candidate, for: piece), priority: priority)
                draft.give(piece, to: candidate)
            }
        }
        return score
    }

    private func cheapest(_ work: Int, in draft: AssignmentDraft) -> Candidate? {
        var best: (candidate: Candidate, price: Price)?
        for candidate in draft.candidates[work] {
            // In the order of price without load: what comes later cannot be better.
            if let best, candidate.price >= best.price { break }
            let price = draft.price(of: candidate, for: work)
            guard best.map({ price < $0.price }) ?? true, draft.admits(work, candidate.person) else { continue }
            best = (candidate, price)
        }
        return best?.candidate
    }

    private mutating func anybody(_ work: Int, in draft: AssignmentDraft) -> Candidate? {
        let candidates = draft.candidates[work]
        guard !candidates.isEmpty else { return nil }
        let start = chance.below(candidates.count)
        for offset in candidates.indices {
            let candidate = candidates[(start + offset) % candidates.count]
            if draft.admits(work, candidate.person) { return candidate }
        }
        return nil
    }
}

/// How good a part of a plan is.
private struct Score {
    private var covered: [Int]
    private var price = Price.zero

    init(priorities: Int) { covered = Array(repeating: 0, count: priorities) }

    mutating func add(_ price: Price, priority: Int) {
        covered[priority] += 1
        self.price = self.price + price
    }

    func isBetter(than other: Score) -> Bool {
        for (own, others) in zip(covered, other.covered) where own != others { return own > others }
        return (price - other.price).isGain
    }
}
