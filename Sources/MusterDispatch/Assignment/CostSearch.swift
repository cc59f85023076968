import MusterDomain

/// Makes a plan cheaper by chains of changes: a piece of work goes to somebody cheaper, who passes on one of theirs, and
/// so on, until one has room or the first one takes the last piece. Coverage stays as it is.
///
/// Any round of changes that gains has a place to begin at which every part of it has gained up to then, so a chain is
/// followed only while it gains (Lin and Kernighan 1973).
struct CostSearch {
    private struct Link {
        let work: Int32
        let taker: Candidate
    }

    private struct Option {
        let next: Price
        /// What is gained by the end, if the one who is pushed out then goes where it costs least.
        let promise: Price
        let pushed: Int32
        let taker: Candidate
    }

    /// How many of the best ways are followed at each length.
    private static let breadth = [5, 3, 2, 1, 1]

    /// How much work is looked at for one beginning: in a small batch more, since it costs little there.
    private let mostLooks: Int
    private var links: [Link] = []
    private var looks = 0

    /// What each piece of work costs at the least, wherever it goes.
    private let least: [Price]

    init(_ draft: AssignmentDraft) {
        let count = draft.owners.count
        mostLooks = max(4, min(64, 20_000 / max(1, count)))
        let problem = draft.problem
        least = (0..<count).map { work in
            draft.candidates[work].map { candidate in
                let load = problem.pool.loads[Int(candidate.person)]
                return candidate.price + Price(cost: problem.loadCost(from: load, to: load + problem.shares[work]))
            }.min() ?? .zero
        }
    }

    /// - Returns: the work whose owners have changed; empty when nothing gains.
    mutating func improve(_ work: Int, in draft: inout AssignmentDraft) -> [Int32] {
        guard !draft.isOpen(work) else { return [] }
        links = []
        looks = 0
        let first = draft.owners[work]
        guard extend(work, from: .zero - draft.saving(of: work), start: work, first: first, in: &draft) else {
            return []
        }
        var changed: Set<Int32> = [first]
        for link in links { draft.take(Int(link.work)) }
        for link in links {
            draft.give(Int(link.work), to: link.taker)
            changed.insert(link.taker.person)
        }
        return changed.sorted().flatMap { draft.work[Int($0)] }
    }

    private mutating func extend(
        _ work: Int,
        from spent: Price,
        start: Int,
        first: Int32,
        in draft: inout AssignmentDraft
    ) -> Bool {
        looks += 1
        var options: [Option] = []
        let share = draft.problem.shares[work]
        for candidate in draft.candidates[work] {
            let least = spent + candidate.price
            // In the order of price: what comes later cannot gain.
            guard least.isGain else { break }
            let person = candidate.person
            if person == first {
                let load = draft.loads[Int(person)] - draft.problem.shares[start]
                let price = least + Price(cost: draft.problem.loadCost(from: load, to: load + share))
                if !links.isEmpty, price.isGain, draft.admits(work, person, without: Int32(start)) {
                    links.append(Link(work: Int32(work), taker: candidate))
                    return true
                }
                continue
            }
            if links.contains(where: { $0.taker.person == person }) { continue }
            if (spent + draft.price(of: candidate, for: work)).isGain, draft.admits(work, person) {
                links.append(Link(work: Int32(work), taker: candidate))
                return true
            }
            addPushes(work, to: candidate, from: least, in: draft, &options)
        }
        let depth = links.count
        guard depth < Self.breadth.count else { return false }
        options.sort { $0.promise == $1.promise ? $0.pushed < $1.pushed : $0.promise < $1.promise }
        for option in options.prefix(Self.breadth[depth]) where looks < mostLooks {
            links.append(Link(work: Int32(work), taker: option.taker))
            if extend(Int(option.pushed), from: option.next, start: start, first: first, in: &draft) { return true }
            links.removeLast()
        }
        return false
    }

    /// What somebody could pass on to take some work, as far as it still gains.
    private func addPushes(
        _ work: Int,
        to candidate: Candidate,
        from least: Price,
        in draft: AssignmentDraft,
        _ options: inout [Option]
    ) {
        let person = candidate.person
        let load = draft.loads[Int(person)]
        let share = draft.problem.shares[work]
        for pushed in draft.work[Int(person)] {
            let other = Int(pushed)
            let change = draft.problem.loadCost(from: load, to: load + share - draft.problem.shares[other])
            let next = least - draft.prices[other] + Price(cost: change)
            let promise = next + self.least[other]
            guard promise.isGain, draft.admits(work, person, without: pushed) else { continue }
            options.append(Option(next: next, promise: promise, pushed: pushed, taker: candidate))
        }
    }
}
