import EventLog

/// Appends of a hundred events each, beside what the server does with the same rows when nobody asks it anything.
struct BatchBenchmark: Benchmark {
    let ids = ["append.batch"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        var runs: [AppendLoad.Run] = []
        for run in 1...bench.runCount {
            BenchCluster.say("append.batch: 8 callers, 100 events each, run \(run) of \(bench.runCount)")
            let runTime = bench.runTime
            runs.append(
                try await bench.withLog("batch-\(run)") { log in
                    try await AppendLoad(callers: 8, events: 100).measure(for: runTime, on: log)
                }
            )
        }
        BenchCluster.say("the server inserting such rows by itself, from one session and from two")
        let rows = bench.isQuick ? 100_000 : 600_000
        let one = try await ServerInserts(bench: bench).rate(sessions: 1, rows: rows)
        let two = try await ServerInserts(bench: bench).rate(sessions: 2, rows: rows)
        BenchCluster.say("multi-row inserts into a plain jsonb table, and COPY into it")
        let jsonb = try await ServerInserts(bench: bench).jsonbRate(rows: rows)
        let copy = try await ServerInserts(bench: bench).copyRate(rows: rows)
        return [
            Measurement(
                id: ids[0],
                unit: "events/s",
                runs: runs.map(\.eventsPerSecond),
                latencies: runs.flatMap(\.latencies),
                beside: [
                    ("the server by itself, 1 session, rows/s", one),
                    ("2 sessions, rows/s", two),
                    ("unnest into plain jsonb, rows/s", jsonb),
                    ("COPY into plain jsonb, rows/s", copy),
                ]
            )
        ]
    }
}
