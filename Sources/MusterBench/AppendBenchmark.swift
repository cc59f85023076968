import EventLog

/// Appends of one event each, from 1, 64 and 1,000 concurrent callers.
struct AppendBenchmark: Benchmark {
    let ids = ["append.one", "append.callers.64", "append.callers"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let seconds = Int(bench.runTime.components.seconds)
        let one = try await measure(id: ids[0], callers: 1, on: bench)
        BenchCluster.say("pgbench: raw single-row inserts, 1 and 32 clients")
        let rawOne = try await Pgbench(bench: bench).insert(clients: 1, seconds: seconds)
        let rawMany = try await Pgbench(bench: bench).insert(clients: 32, seconds: seconds)
        let some = try await measure(id: ids[1], callers: 64, on: bench)
        let many = try await measure(id: ids[2], callers: 1_000, on: bench)
        let single = ("raw insert, 1 client, mean ms", rawOne.meanMilliseconds)
        let throughput = ("raw insert, 32 clients, rows/s", rawMany.transactionsPerSecond)
        return [
            Measurement(
                id: ids[0],
                unit: "ms",
                runs: one.map { Measurement.percentile(50, of: $0.latencies.sorted()) ?? 0 },
                latencies: one.flatMap(\.latencies),
                beside: [single]
            ),
            Measurement(
                id: ids[1],
                unit: "events/s",
                runs: some.map(\.eventsPerSecond),
                latencies: some.flatMap(\.latencies),
                beside: [throughput]
            ),
            Measurement(
                id: ids[2],
                unit: "events/s",
                runs: many.map(\.eventsPerSecond),
                latencies: many.flatMap(\.latencies),
                beside: [throughput]
            ),
        ]
    }

    private func measure(id: String, callers: Int, on bench: BenchCluster) async throws -> [AppendLoad.Run] {
        var runs: [AppendLoad.Run] = []
        for run in 1...bench.runCount {
            BenchCluster.say("\(id): \(callers) callers, run \(run) of \(bench.runCount)")
            let runTime = bench.runTime
            runs.append(
                try await bench.withLog("append-\(callers)-\(run)") { log in
                    try await AppendLoad(callers: callers).measure(for: runTime, on: log)
                }
            )
        }
        return runs
    }
}
