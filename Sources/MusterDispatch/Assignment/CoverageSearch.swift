import MusterDomain

/// Finds places for work that nobody can take as things are: somebody takes it and passes on a piece of theirs, whose
/// taker passes on another, until one has room. Nothing that is covered becomes open.
///
/// The search is breadth first, so that chains are as short as they can be. What a search that failed has been through
/// leads nowhere for the next one either and is passed over.
struct CoverageSearch {
    private struct Step {
        let work: Int32
        /// The step whose work pushed this one out; -1 for the first.
        let cause: Int32
        /// Who took the cause's work instead of this.
        let person: Int32
        let price: Price
    }

    private static let longestChain = 12
    /// A single search ends here at the latest.
    private static let mostSteps = 4_000

    private var seen: [Bool]
    private var steps: [Step] = []

    init(count: Int) { seen = Array(repeating: false, count: count) }

    /// - Parameter tier: people of higher tiers stay out.
    /// - Returns: whether the work is covered now.
    mutating func cover(_ work: Int, upTo tier: Int, in draft: inout AssignmentDraft) -> Bool {
        steps = [Step(work: Int32(work), cause: -1, person: AssignmentDraft.nobody, price: .zero)]
        return search(from: 0, upTo: tier, in: &draft)
    }

    /// The same, where the first who takes the work can be anybody and not only one of its candidates.
    mutating func coverFromEverybody(_ work: Int, upTo tier: Int, in draft: inout AssignmentDraft) -> Bool {
        steps = [Step(work: Int32(work), cause: -1, person: AssignmentDraft.nobody, price: .zero)]
        let problem = draft.problem
        var best: (candidate: Candidate, price: Price)?
        let everybody = draft.everybody(for: work, upTo: tier)
        for person in everybody where draft.admits(work, person) && problem.isEligible(Int(person), for: work) {
            let candidate = problem.candidate(work, Int(person))
            let price = draft.price(of: candidate, for: work)
            if best.map({ price < $0.price }) ?? true { best = (candidate, price) }
        }
        if let best {
            follow(from: 0, to: best.candidate, in: &draft)
            return true
        }
        for person in everybody where !draft.work[Int(person)].allSatisfy({ seen[Int($0)] }) {
            guard problem.isEligible(Int(person), for: work) else { continue }
            push(from: 0, through: problem.candidate(work, Int(person)), in: &draft)
        }
        return search(from: 1, upTo: tier, in: &draft)
    }

    private mutating func search(from first: Int, upTo tier: Int, in draft: inout AssignmentDraft) -> Bool {
        let highest = Price.tiers(of: tier)
        var head = first
        while head < steps.count, steps.count < Self.mostSteps {
            let piece = Int(steps[head].work)
            draft.seek(piece, upTo: tier)
            for candidate in draft.candidates[piece] where candidate.price.tiers <= highest {
                guard draft.owners[piece] != candidate.person, !uses(candidate.person, from: head) else { continue }
                if draft.admits(piece, candidate.person) {
                    follow(from: head, to: candidate, in: &draft)
                    return true
                }
                push(from: head, through: candidate, in: &draft)
            }
            head += 1
        }
        return false
    }

    /// Whether a chain changes somebody's work already.
    private func uses(_ person: Int32, from index: Int) -> Bool {
        var index = index
        var length = 0
        while index >= 0 {
            if steps[index].person == person { return true }
            index = Int(steps[index].cause)
            length += 1
        }
        return length > Self.longestChain
    }

    /// What a candidate could pass on to take the work of a step.
    private mutating func push(from head: Int, through candidate: Candidate, in draft: inout AssignmentDraft) {
        let piece = Int(steps[head].work)
        for pushed in draft.work[Int(candidate.person)] {
            let other = Int(pushed)
            guard !seen[other], draft.admits(piece, candidate.person, without: pushed) else { continue }
            seen[other] = true
            steps.append(
                Step(work: pushed, cause: Int32(head), person: candidate.person, price: candidate.price)
            )
        }
    }

    /// Carries out a chain that ends with somebody who has room.
    private mutating func follow(from head: Int, to last: Candidate, in draft: inout AssignmentDraft) {
        var index = head
        var taker = last
        while index >= 0 {
            let step = steps[index]
            let work = Int(step.work)
            if !draft.isOpen(work) { draft.take(work) }
            draft.give(work, to: taker)
            taker = Candidate(person: step.person, price: step.price)
            index = Int(step.cause)
        }
        // What this search went through leads somewhere.
        for step in steps.dropFirst() { seen[Int(step.work)] = false }
    }
}
