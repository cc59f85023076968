import EventLog
import EventSourcing

/// What a long log costs: the same load on an empty log, and on that log when it holds millions of events.
struct GrowthBenchmark: Benchmark {
    let ids = ["append.growth"]
    /// Events in the log at the end of the growth; nil for the usual number.
    var size: Int?

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let size = size ?? (bench.isQuick ? 300_000 : 5_000_000)
        let load = AppendLoad(callers: 1_000)
        let (runCount, runTime) = (bench.runCount, bench.runTime)
        let (empty, grown) = try await bench.withLog("growth") { log in
            var empty: [AppendLoad.Run] = []
            for run in 1...runCount {
                BenchCluster.say("append.growth: empty log, run \(run) of \(runCount)")
                empty.append(try await load.measure(for: runTime, on: log, stream: "empty-\(run)"))
            }
            let filler = AppendLoad(callers: 8, events: 500)
            try await filler.fill(log, to: size, stream: "fill") { tail in
                BenchCluster.say("append.growth: \(tail) of \(size) events")
            }
            var grown: [AppendLoad.Run] = []
            for run in 1...runCount {
                BenchCluster.say("append.growth: log of \(size) events, run \(run) of \(runCount)")
                grown.append(try await load.measure(for: runTime, on: log, stream: "grown-\(run)"))
            }
            return (empty, grown)
        }
        return [
            Measurement(
                id: ids[0],
                unit: "events/s at \(size)",
                runs: grown.map(\.eventsPerSecond),
                latencies: grown.flatMap(\.latencies),
                beside: [("empty log, events/s", Measurement.median(empty.map(\.eventsPerSecond)))]
            )
        ]
    }
}
