import EventSourcing
import Foundation
import MusterHistory
import MusterRuntime

/// A file of somebody's own: imported, exported as CSV, and mined by Muster and by others, who must find the same.
struct MineFileBenchmark: Benchmark {
    let path: String
    /// The name of a shipped mapping, or the path of one.
    let mapping: String
    let id: String

    var ids: [String] { [id] }

    /// - Parameter choice: `FILE=MAPPING`.
    /// - Returns: nil when it is not that.
    init?(_ choice: String) {
        guard let equals = choice.lastIndex(of: "="), equals > choice.startIndex else { return nil }
        path = String(choice[..<equals])
        mapping = String(choice[choice.index(after: equals)...])
        id = "mine.file.\(URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent)"
        if mapping.isEmpty { return nil }
    }

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let mapping = try Mapping.named(mapping)
        let csv = NSTemporaryDirectory() + "muster-bench-\(UUID().uuidString).csv"
        defer { try? FileManager.default.removeItem(atPath: csv) }
        let (found, times) = try await bench.withLog("file-\(UInt32.random(in: 0 ... .max))", mode: .history) { log in
            BenchCluster.say("\(id): importing")
            _ = try await Importer(log: log).run(input: path, mapping: mapping)
            _ = try await FileExport(log: log, options: ExportOptions(format: .csv)).run(to: csv)
            var times: [Double] = []
            var found: CoreFigures?
            for run in 1...bench.runCount {
                BenchCluster.say("\(id): run \(run) of \(bench.runCount)")
                let start = ContinuousClock.now
                found = CoreFigures(try await LogReport.make(from: log).analysis)
                times.append((.now - start) / .seconds(1))
            }
            return (found, times)
        }
        guard let found else { throw BenchError("nothing was measured") }
        var beside = [("variants", Double(found.variants.count)), ("steps", Double(found.graph.edges.count))]
        for peer in Peer.allCases {
            BenchCluster.say("\(id): \(peer.rawValue)")
            guard let answer = try await peer.mine(csv, on: bench) else { continue }
            try answer.check(by: peer, found)
            beside.append(("\(peer.rawValue), load and analysis, s", answer.load + answer.analysis))
        }
        return [Measurement(id: id, unit: "s", runs: times, beside: beside)]
    }
}
