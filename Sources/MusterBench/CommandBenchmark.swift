/// Commands over HTTP, each another report, beside the same HTTP server when a route does nothing.
struct CommandBenchmark: Benchmark {
    let ids = ["http.commands"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let (time, runCount) = (bench.runTime, bench.runCount)
        var runs: [HTTPLoad.Run] = []
        var empty: [HTTPLoad.Run] = []
        var posts: [HTTPLoad.Run] = []
        for run in 1...runCount {
            BenchCluster.say("http.commands: 64 connections, run \(run) of \(runCount)")
            let (commands, report) = try await BenchGateway.with(log: "http-\(run)", on: bench) { gateway in
                let report = PreparedRequest.report(to: gateway)
                return (
                    try await HTTPLoad(server: gateway.process, request: report, status: 201).measure(for: time), report
                )
            }
            runs.append(commands)
            let (get, post) = try await ServerProcess.with(["serve-empty-route"]) { server in
                (
                    try await HTTPLoad(server: server, request: .get("/"), status: 200).measure(for: time / 2),
                    try await HTTPLoad(server: server, request: report, status: 201).measure(for: time / 2)
                )
            }
            empty.append(get)
            posts.append(post)
        }
        return [
            Measurement(
                id: ids[0],
                unit: "commands/s",
                runs: runs.map(\.perSecond),
                latencies: runs.flatMap(\.latencies),
                beside: [
                    ("an empty Hummingbird route, requests/s", Measurement.median(empty.map(\.perSecond))),
                    ("the same requests to an empty route, requests/s", Measurement.median(posts.map(\.perSecond))),
                    ("the load's share of all processors, %", Measurement.median(runs.map(\.share))),
                    ("its share beside the empty route, %", Measurement.median(empty.map(\.share))),
                ]
            )
        ]
    }
}
