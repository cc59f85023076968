import Logging
import Postgres
import PostgresServer

/// The limit beside wake-ups: NOTIFY on one connection until the other has it.
struct NotifyRoundTrip {
    let bench: BenchCluster

    private static let notify = Statement("bench_notify", "select pg_notify('muster_bench', '')")

    func medianMilliseconds() async throws -> Double {
        let configuration = ConnectionConfiguration(conninfo: bench.cluster.conninfo, applicationName: "muster-bench")
        let listener = try await Connection.connect(configuration, logger: bench.logger)
        let sender = try await Connection.connect(configuration, logger: bench.logger)
        try await listener.listen("muster_bench")
        var times: [Duration] = []
        for _ in 0..<500 {
            let start = ContinuousClock.now
            _ = try await sender.query(Self.notify)
            _ = try await listener.nextNotification()
            times.append(.now - start)
        }
        await listener.close()
        await sender.close()
        return Measurement.percentile(50, of: times.sorted()) ?? 0
    }
}
