/// What a replay has to get done: steps, who does each, how long the work of it takes and what it waits for. Times and
/// durations are microseconds.
struct ReplayWork: Hashable, Sendable {
    /// Stands for the agency of a step that takes no crew.
    static let nobody: Int32 = -1

    private(set) var agencies: [Int32] = []
    private(set) var works: [Int64] = []
    /// When a step that needs no other comes in.
    private(set) var arrivals: [Int64] = []
    /// How long after that, or after the last of its needs, it can be begun if a crew is free.
    var delays: [Int64] = []
    /// Of steps that could be begun at the same moment, the one with the smaller number is begun first.
    private(set) var ranks: [Int64] = []
    private var needs: [Int32] = []
    private var needEnds: [Int] = []

    var count: Int { works.count }

    /// - Parameter needs: steps that were added before or will be; they must not go round in a circle.
    mutating func append(agency: Int32, work: Int64, arrival: Int64, delay: Int64 = 0, rank: Int64, needs: [Int32] = [])
    {
        agencies.append(agency)
        works.append(work)
        arrivals.append(arrival)
        delays.append(delay)
        ranks.append(rank)
        self.needs += needs
        needEnds.append(self.needs.count)
    }

    func needs(of step: Int) -> ArraySlice<Int32> { needs[(step == 0 ? 0 : needEnds[step - 1])..<needEnds[step]] }

    /// For each step those that need it: the steps in one list, and where those of each begin in it.
    var dependents: (steps: [Int32], starts: [Int]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for need in needs { starts[Int(need) + 1] += 1 }
        for step in 0..<count { starts[step + 1] += starts[step] }
        var next = starts
        var steps = [Int32](repeating: 0, count: needs.count)
        for step in 0..<count {
            for need in needs(of: step) {
                steps[next[Int(need)]] = Int32(truncatingIfNeeded: step)
                next[Int(need)] += 1
            }
        }
        return (steps, starts)
    }

    /// The steps of each agency, as one list and where each agency's begin in it.
    func byAgency(count agencyCount: Int) -> (steps: [Int32], starts: [Int]) {
        var starts = [Int](repeating: 0, count: agencyCount + 1)
        for agency in agencies where agency >= 0 { starts[Int(agency) + 1] += 1 }
        for agency in 0..<agencyCount { starts[agency + 1] += starts[agency] }
        var next = starts
        var steps = [Int32](repeating: 0, count: starts[agencyCount])
        for step in agencies.indices where agencies[step] >= 0 {
            steps[next[Int(agencies[step])]] = Int32(truncatingIfNeeded: step)
            next[Int(agencies[step])] += 1
        }
        return (steps, starts)
    }
}

/// When each step of a work came about.
struct ReplayRun: Hashable, Sendable {
    /// When it came in, or the last of its needs was done.
    var bases: [Int64]
    /// When it could be begun, as far as other steps go.
    var readies: [Int64]
    var begins: [Int64]
    var ends: [Int64]

    init(count: Int = 0) {
        bases = Array(repeating: EventColumns.unknown, count: count)
        (readies, begins, ends) = (bases, bases, bases)
    }

    /// Adds a step as it was.
    mutating func append(base: Int64, begin: Int64, end: Int64) {
        bases.append(base)
        readies.append(base)
        begins.append(begin)
        ends.append(end)
    }
}
