import MusterDispatch
import MusterDomain

/// A morning's work given to a city's people, and how near small batches come to the best there is.
struct AssignmentBenchmark: Benchmark {
    let ids = ["assign.batch"]

    private static let people = 2_000
    private static let work = 5_000

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        var city = AssignmentCity(seed: 7)
        // As many hours as people can have in two days and a half, and as many at once as half of them can.
        let batch = try city.batch(people: Self.people, work: Self.work, within: 60)
        let surge = try city.batch(people: Self.people, work: Self.work, within: 12)
        var (times, surgeTimes): ([Duration], [Duration]) = ([], [])
        var uncovered = 0
        for run in 1...(bench.isQuick ? 3 : 9) {
            BenchCluster.say("assign.batch: \(Self.work) tasks, \(Self.people) people, run \(run)")
            times.append(
                try ContinuousClock().measure { uncovered = try AssignmentSolver.solve(batch).uncovered.count }
            )
            surgeTimes.append(try ContinuousClock().measure { _ = try AssignmentSolver.solve(surge) })
        }
        BenchCluster.say("assign.batch: small batches beside an exact solver")
        let small = try Self.compareSmall(count: bench.isQuick ? 60 : 300)
        return [
            Measurement(
                id: ids[0],
                unit: "s",
                runs: times.map { $0 / .seconds(1) },
                latencies: times,
                beside: [
                    ("all within 12 h, s", Measurement.median(surgeTimes.map { $0 / .seconds(1) })),
                    ("tasks left open", Double(uncovered)),
                    ("small batches, covered % of the optimum", small.covered * 100),
                    ("cost, % of the optimum", small.cost * 100),
                    ("worst, %", small.worst * 100),
                    ("exact solver, ms a batch", small.exactMilliseconds),
                ]
            )
        ]
    }

    /// How near plans come to the best, as shares: 1 is the best.
    private struct Comparison {
        var covered = 1.0
        var cost = 1.0
        var worst = 1.0
        var exactMilliseconds = 0.0
    }

    private static func compareSmall(count: Int) throws -> Comparison {
        var comparison = Comparison()
        var (covered, bestCovered) = (0, 0)
        var (cost, bestCost) = (0.0, 0.0)
        var (time, cases) = (Duration.zero, 0)
        for seed in 0..<count {
            var city = AssignmentCity(seed: UInt64(1_000 + seed), communities: 4)
            let batch = try city.batch(people: 4 + seed % 4, work: 6 + seed % 4, within: 30)
            let clock = ContinuousClock()
            var solved: ExactAssignment?
            let spent = clock.measure { solved = ExactAssignment(of: batch, steps: 1_000_000) }
            guard let exact = solved else { continue }
            time += spent
            cases += 1
            let plan = try AssignmentSolver.solve(batch)
            let own = Urgency.allCases.map { plan.covered[$0] ?? 0 }
            covered += own.reduce(0, +)
            bestCovered += exact.covered.reduce(0, +)
            guard own == exact.covered, plan.cost > 0 else { continue }
            cost += plan.cost
            bestCost += exact.cost
            comparison.worst = min(comparison.worst, exact.cost / plan.cost)
        }
        guard cases > 0, bestCovered > 0, cost > 0 else { throw BenchError("no small batch was solved exactly") }
        comparison.covered = Double(covered) / Double(bestCovered)
        comparison.cost = bestCost / cost
        comparison.exactMilliseconds = time / .milliseconds(1) / Double(cases)
        return comparison
    }
}
