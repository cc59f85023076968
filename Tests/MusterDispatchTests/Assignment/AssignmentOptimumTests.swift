import MusterDispatch
import MusterDomain
import MusterTesting
import Testing

/// How near plans come to the best there is.
@Suite("Plans beside the best there is", .computing) struct AssignmentOptimumTests {
    /// What was covered and what it costs, over many cases.
    private struct Comparison {
        var cases = 0
        var best: [Int] = [0, 0, 0]
        var found: [Int] = [0, 0, 0]
        var sameCoverage = 0
        var bestCost = 0.0
        var foundCost = 0.0
        var worst = 1.0

        mutating func add(_ plan: AssignmentPlan, _ exact: ExactAssignment) {
            cases += 1
            let covered = Urgency.allCases.map { plan.covered[$0] ?? 0 }
            for index in covered.indices {
                best[index] += exact.covered[index]
                found[index] += covered[index]
            }
            let tiers = RosterTier.allCases.map { plan.tierCounts[$0] ?? 0 }
            guard covered == exact.covered, tiers == exact.tierCounts else { return }
            sameCoverage += 1
            bestCost += exact.cost
            foundCost += plan.cost
            if plan.cost > 0 { worst = min(worst, exact.cost / plan.cost) }
        }
    }

    @Test("R12.5 small batches: coverage, tiers and cost are within 2 % of the best", .timeLimit(.minutes(20)))
    func smallBatches() throws {
        var comparison = Comparison()
        for seed in 0..<80 {
            let (people, work) = (3 + seed % 5, 4 + seed % 6)
            let batch = try SmallCity.random(people: people, work: work, seed: UInt64(seed))
            guard let exact = ExactAssignment(of: batch, steps: 20_000) else { continue }
            let plan = try AssignmentSolver.solve(batch)
            // Never better than the best: then one of the two would be wrong.
            let covered = Urgency.allCases.map { plan.covered[$0] ?? 0 }
            #expect(!exact.covered.lexicographicallyPrecedes(covered))
            comparison.add(plan, exact)
        }
        print("assignment beside the optimum, small batches: \(comparison)")
        #expect(comparison.cases >= 70)
        for (found, best) in zip(comparison.found, comparison.best) { #expect(Double(found) >= 0.98 * Double(best)) }
        #expect(Double(comparison.sameCoverage) >= 0.98 * Double(comparison.cases))
        #expect(comparison.bestCost >= 0.98 * comparison.foundCost)
        #expect(comparison.worst >= 0.95)
    }

    /// All work at one time, so that everybody has one at most: the assignment problem, which has an exact solution.
    private static func oneToOne(_ size: Int, seed: UInt64) throws -> (batch: AssignmentBatch, costs: [[Double]]) {
        var chance = SeededGenerator(seed: seed)
        func place() -> (Double, Double) {
            (Double.random(in: -6..<6, using: &chance), Double.random(in: -6..<6, using: &chance))
        }
        let bases = (0..<size + size / 4).map { _ in place() }
        let places = (0..<size).map { _ in place() }
        let people = try bases.enumerated().map { number, base in
            let hours = Double(Int.random(in: 1..<9, using: &chance))
            let duties = [try SmallCity.duty("d-\(number)", -2, 8...(8 + hours))]
            return try SmallCity.worker("p-\(1_000 + number)", at: base.0, base.1, duties: duties)
        }
        let work = try places.enumerated().map { number, place in
            try SmallCity.work("w-\(1_000 + number)", 8...12, at: place.0, place.1)
        }
        let batch = try SmallCity.batch(people, work)
        // Written down once more: kilometres, and a hundred times what the square of the share of sixty hours grows by.
        let costs = zip(work, places).map { _, place in
            zip(people, bases).map { person, base in
                let way = SmallCity.kilometres(base, place)
                let before = person.duties[0].period.length / .seconds(3_600) / 60
                let after = before + 4.0 / 60
                return way + 100 * (after * after - before * before)
            }
        }
        return (batch, costs)
    }

    @Test("R12.1 one piece of work each: cost within 2 % of the Hungarian method's", arguments: [10, 25, 60])
    func oneToOne(size: Int) throws {
        var (best, found, worst) = (0.0, 0.0, 1.0)
        for seed in 0..<(size < 60 ? 12 : 4) {
            let (batch, costs) = try Self.oneToOne(size, seed: UInt64(seed))
            let plan = try AssignmentSolver.solve(batch)
            let exact = Hungarian(costs)
            #expect(plan.uncovered.isEmpty)
            #expect(Set(plan.assignments.map(\.person)).count == size)
            #expect(plan.cost >= exact.cost - 1e-6)
            best += exact.cost
            found += plan.cost
            worst = min(worst, exact.cost / plan.cost)
        }
        print("assignment beside the Hungarian method, \(size) pieces: \(best / found), worst \(worst)")
        #expect(best >= 0.98 * found)
        #expect(worst >= 0.95)
    }

    @Test("the Hungarian method finds what trying everything finds", arguments: 0..<20)
    func hungarian(seed: Int) {
        var chance = SeededGenerator(seed: UInt64(seed))
        let costs = (0..<5).map { _ in (0..<6).map { _ in Double.random(in: 0..<10, using: &chance) } }
        func best(_ row: Int, _ used: Set<Int>) -> Double {
            guard row < costs.count else { return 0 }
            return (0..<6).filter { !used.contains($0) }.map { costs[row][$0] + best(row + 1, used.union([$0])) }.min()
                ?? .infinity
        }
        #expect(abs(Hungarian(costs).cost - best(0, [])) < 1e-9)
    }
}
