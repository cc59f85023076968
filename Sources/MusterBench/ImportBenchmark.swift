import EventSourcing
import Foundation
import MusterHistory
import MusterRuntime
import PostgresServer

/// Import of generated files into a durable history log: a wide one, and one of common width.
struct ImportBenchmark: Benchmark {
    private let samples: [ImportSample] = [.calls, .tasks]

    var ids: [String] { samples.map(\.id) }

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        var measurements: [Measurement] = []
        for sample in samples { measurements.append(try await measure(sample, on: bench)) }
        return measurements
    }

    private func measure(_ sample: ImportSample, on bench: BenchCluster) async throws -> Measurement {
        let rows = bench.isQuick ? 40_000 : 200_000
        let path = NSTemporaryDirectory() + "muster-bench-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        BenchCluster.say("\(sample.id): writing a file of \(rows) rows")
        try sample.write(rows: rows, to: path)
        let mapping = try Mapping.named(sample.mapping)
        var rates: [Double] = []
        for run in 1...bench.runCount {
            BenchCluster.say("\(sample.id): run \(run) of \(bench.runCount)")
            let summary = try await bench.withLog("\(sample.mapping)-\(run)", mode: .history) { log in
                try await Importer(log: log).run(input: path, mapping: mapping)
            }
            guard summary.added == rows else {
                throw BenchError("the import added \(summary.added) of \(rows) rows: \(summary.rejects)")
            }
            rates.append(summary.rowsPerSecond)
        }
        BenchCluster.say("COPY of the same file into a plain table")
        let copy = try await Self.copyRate(path, sample, rows: rows, on: bench)
        var beside = [("COPY into a plain table, rows/s", copy)]
        for peer in Peer.allCases {
            BenchCluster.say("\(sample.id): \(peer.rawValue)")
            guard let seconds = try await peer.load(path, sample.events, on: bench) else { continue }
            beside.append(("\(peer.rawValue) loading it, rows/s", Double(rows) / seconds))
        }
        return Measurement(id: sample.id, unit: "rows/s", runs: rates, beside: beside)
    }

    private static func copyRate(
        _ path: String,
        _ sample: ImportSample,
        rows: Int,
        on bench: BenchCluster
    ) async throws -> Double {
        let table = "raw_\(sample.mapping.replacing("-", with: "_"))"
        let columns = sample.header.split(separator: ",").indices.map { "c\($0) text" }.joined(separator: ", ")
        _ = try await bench.run("psql", ["-qXd", bench.cluster.conninfo, "-c", "create table \(table) (\(columns))"])
        let start = ContinuousClock.now
        _ = try await bench.run(
            "psql",
            ["-qXd", bench.cluster.conninfo, "-c", "\\copy \(table) from '\(path)' (format csv, header)"]
        )
        return Double(rows) / ((.now - start) / .seconds(1))
    }
}
