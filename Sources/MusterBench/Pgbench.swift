import Foundation
import PostgresServer

/// The raw limit: pgbench inserting single rows of an event's size, committed one by one, on the same cluster.
struct Pgbench {
    struct Result {
        let transactionsPerSecond: Double
        let meanMilliseconds: Double
    }

    let bench: BenchCluster

    func insert(clients: Int, seconds: Int) async throws -> Result {
        let directory = NSTemporaryDirectory()
        let script = directory + "muster-bench-insert-\(UUID().uuidString).sql"
        let row = String(repeating: "x", count: 296)
        try "insert into raw_insert (data) values ('\(row)');\n".write(
            toFile: script,
            atomically: true,
            encoding: .utf8
        )
        _ = try await bench.run(
            "psql",
            [
                "-qXd", bench.cluster.conninfo, "-c",
                "create table if not exists raw_insert (id bigint generated always as identity primary key, data text not null)",
            ]
        )
        let output = try await bench.run(
            "pgbench",
            [
                "-n", "-M", "prepared", "-f", script, "-c", String(clients), "-j", String(min(2, clients)),
                "-T", String(seconds), bench.cluster.conninfo,
            ]
        )
        try FileManager.default.removeItem(atPath: script)
        guard let tps = Self.number(after: "tps = ", in: output),
            let latency = Self.number(after: "latency average = ", in: output)
        else { throw BenchError("pgbench printed no figures: \(output.suffix(400))") }
        return Result(transactionsPerSecond: tps, meanMilliseconds: latency)
    }

    private static func number(after mark: String, in text: String) -> Double? {
        guard let range = text.range(of: mark) else { return nil }
        return Double(text[range.upperBound...].prefix { $0.isNumber || $0 == "." })
    }
}
