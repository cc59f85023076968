import EventSourcing
import Foundation
import Glibc
import MusterHistory
import MusterRuntime
import Records

/// Analysis of a million events: in memory, and from the log to the page.
struct MineBenchmark: Benchmark {
    let ids = ["mine.engine", "mine.report"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let count = bench.isQuick ? 200_000 : 1_000_000
        BenchCluster.say("mine.engine: making \(count) events")
        let data = MineData(events: count)
        let path = NSTemporaryDirectory() + "muster-bench-\(UUID().uuidString).csv"
        try data.write(to: path)
        var peers: [(Peer, Peer.Mining)] = []
        for peer in Peer.allCases {
            BenchCluster.say("mine.engine: \(peer.rawValue)")
            if let answer = try await peer.mine(path, on: bench) { peers.append((peer, answer)) }
        }
        let rows = [
            try engine(data, beside: peers, on: bench), try await report(data, csv: path, beside: peers, on: bench),
        ]
        try FileManager.default.removeItem(atPath: path)
        return rows
    }

    // MARK: - In memory

    private func engine(
        _ data: MineData,
        beside peers: [(Peer, Peer.Mining)],
        on bench: BenchCluster
    ) throws -> Measurement {
        var (core, feeding, all): ([Double], [Double], [Double]) = ([], [], [])
        var peak = 0.0
        for run in 1...(bench.runCount + 1) {
            let (columns, fed) = Self.timed { data.columns() }
            let before = try ResidentPeak.restart()
            let (found, took) = Self.timed { CoreFigures(columns) }
            let after = try ResidentPeak.mebibytes
            let (_, everything) = try Self.timed { try Self.analysis(of: columns) }
            // The first run finds cold memory and is not counted.
            guard run > 1 else {
                for (peer, answer) in peers { try answer.check(by: peer, found) }
                continue
            }
            BenchCluster.say("mine.engine: run \(run - 1) of \(bench.runCount)")
            peak = max(peak, after - before + Self.mebibytes(of: data.events.count))
            core.append(took)
            feeding.append(fed)
            all.append(everything)
        }
        return Measurement(
            id: ids[0],
            unit: "s",
            runs: core,
            beside: [
                ("names to numbers, s", Measurement.median(feeding)),
                ("every part of a report, s", Measurement.median(all)), ("peak, MiB", peak),
            ]
                + peers.flatMap { peer, answer in
                    [("\(peer.rawValue), s", answer.analysis), ("\(peer.rawValue), MiB", answer.peakMebibytes)]
                }
        )
    }

    /// The columns themselves: two times, four numbers.
    private static func mebibytes(of events: Int) -> Double { Double(events * 24) / 1_048_576 }

    private static func analysis(of columns: EventColumns) throws -> HistoryAnalysis {
        guard let log = LogName("mine") else { throw BenchError("no name of a log") }
        return HistoryAnalysis(columns, log: log, zone: "Asia/Shanghai")
    }

    private static func timed<Value>(_ body: () throws -> Value) rethrows -> (Value, Double) {
        let start = ContinuousClock.now
        let value = try body()
        return (value, (.now - start) / .seconds(1))
    }

    // MARK: - From the log to the page

    private func report(
        _ data: MineData,
        csv path: String,
        beside peers: [(Peer, Peer.Mining)],
        on bench: BenchCluster
    ) async throws -> Measurement {
        let mapping = try Mapping(yaml: MineData.mapping)
        let (pages, reading) = try await bench.withLog("mine", mode: .history) { log in
            var (pages, reading): ([Double], [Double]) = ([], [])
            BenchCluster.say("mine.report: importing \(data.events.count) events")
            let summary = try await Importer(log: log).run(input: path, mapping: mapping)
            guard summary.added == data.events.count else { throw BenchError("not all rows were added: \(summary)") }
            for run in 1...bench.runCount {
                BenchCluster.say("mine.report: run \(run) of \(bench.runCount)")
                let start = ContinuousClock.now
                let report = try await LogReport.make(from: log)
                let read = (.now - start) / .seconds(1)
                let page = try ReportPage.html(report.analysis, language: .en)
                guard page.utf8.count > 10_000, report.analysis.counts.events == data.events.count else {
                    throw BenchError("the page does not hold all events")
                }
                pages.append((.now - start) / .seconds(1))
                reading.append(read)
            }
            return (pages, reading)
        }
        return Measurement(
            id: ids[1],
            unit: "s",
            runs: pages,
            beside: [("of it reading and analysis, s", Measurement.median(reading))]
                + peers.map { ("\($0.rawValue), load and analysis, s", $1.load + $1.analysis) }
        )
    }
}

/// The most memory that this process held at once
/// ([proc(5)](https://man7.org/linux/man-pages/man5/proc_pid_status.5.html)).
enum ResidentPeak {
    static var mebibytes: Double {
        get throws { try kibibytes("VmHWM:") / 1_024 }
    }

    /// Forgets what was held before.
    ///
    /// - Returns: MiB held now.
    static func restart() throws -> Double {
        let held = try ProcessFigures.ownWithoutFreedMemory.residentKiB
        try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
        return held / 1_024
    }

    private static func kibibytes(_ name: String) throws -> Double {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let value = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Double($0) }
            )
        else { throw BenchError("/proc/self/status says nothing of \(name)") }
        return value
    }
}
