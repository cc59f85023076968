import EventLog
import EventSourcing
import MusterRuntime
import Synchronization

/// Appends of one event each, from 1, 64 and 1,000 concurrent callers, with verdict, idempotency and expected version.
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
                runs: some.map(\.perSecond),
                latencies: some.flatMap(\.latencies),
                beside: [throughput]
            ),
            Measurement(
                id: ids[2],
                unit: "events/s",
                runs: many.map(\.perSecond),
                latencies: many.flatMap(\.latencies),
                beside: [throughput]
            ),
        ]
    }

    private struct Run: Sendable {
        let perSecond: Double
        let latencies: [Duration]
    }

    private func measure(id: String, callers: Int, on bench: BenchCluster) async throws -> [Run] {
        var runs: [Run] = []
        for run in 1...bench.runCount {
            BenchCluster.say("\(id): \(callers) callers, run \(run) of \(bench.runCount)")
            let runTime = bench.runTime
            runs.append(
                try await bench.withLog("append-\(callers)-\(run)") { log in
                    let warmUp = try await appendAll(callers: callers, for: .milliseconds(500), from: 0, to: log)
                    return try await appendAll(callers: callers, for: runTime, from: warmUp.latencies.count, to: log)
                }
            )
        }
        return runs
    }

    /// Every caller appends to a stream of its own, one event after the other, until time is up.
    private func appendAll(callers: Int, for time: Duration, from first: Int, to log: Log) async throws -> Run {
        let start = ContinuousClock.now
        let end = start + time
        let payload = Array(#"{"note":"\#(String(repeating: "x", count: 285))"}"#.utf8)
        let metadata = Array(#"{"person":"bench","party":"bench","role":"system","territory":"bench"}"#.utf8)
        let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var latencies: [Duration] = []
                    var random = SystemRandomNumberGenerator()
                    let stream = StreamName(category: "bench", id: "\(first)-\(caller)")
                    var version = StreamVersion.none
                    while true {
                        let before = ContinuousClock.now
                        guard before < end else { return latencies }
                        let now = Timestamp.now()
                        let append = Append(
                            command: CommandID(UniqueID(version7At: now, random: (random.next(), random.next()))),
                            occurredAt: now,
                            metadata: metadata,
                            writes: [
                                StreamWrite(
                                    stream: stream,
                                    expected: .exactly(version),
                                    events: [NewEvent(type: EventType("Measured"), data: payload)]
                                )
                            ]
                        )
                        guard case .appended = try await log.append(append) else {
                            throw BenchError("an append of the benchmark was not appended")
                        }
                        version = version.advanced(by: 1)
                        latencies.append(.now - before)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Run(perSecond: Double(latencies.count) / ((.now - start) / .seconds(1)), latencies: latencies)
    }
}
