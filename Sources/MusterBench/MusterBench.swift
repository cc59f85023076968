import ArgumentParser
import Logging
import MusterRuntime

/// Measures Muster on this machine, each figure beside its limit from the same run.
@main
struct MusterBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "muster-bench",
        abstract: "Measures Muster on this machine, each figure beside a limit measured in the same run.",
        discussion: """
            Starts a private PostgreSQL cluster in a temporary directory with durable settings (fsync, synchronous_commit \
            and full_page_writes on) and removes it afterwards. Progress goes to standard error, the table to standard output.
            """,
        subcommands: [ServeGateway.self, ServeEmptyRoute.self]
    )

    @Flag(help: "Shorter runs: under two minutes in all.")
    var quick = false

    @Option(help: "Also write the figures to this file, as a JSON array.")
    var json: String?

    @Option(help: "Measure only the figures whose id begins with this.")
    var only: String?

    @Flag(
        help: "Let the log grow to 20 million events for append.growth, instead of 5, and the queue work ten minutes."
    )
    var growth = false

    @Option(
        name: .customLong("file"),
        help: ArgumentHelp(
            "Also import and mine this file; DuckDB and pm4py, where they are, must find the same. May be given several times.",
            valueName: "file=mapping"
        )
    )
    var files: [String] = []

    func validate() throws {
        for file in files where MineFileBenchmark(file) == nil {
            throw ValidationError("--file is FILE=MAPPING, as receipt.csv=receipt-phase, not '\(file)'")
        }
        if let only, !benchmarks.contains(where: { $0.covers(only) }) {
            let ids = benchmarks.flatMap(\.ids).joined(separator: ", ")
            throw ValidationError("no figure begins with '\(only)'; there are: \(ids)")
        }
    }

    private var benchmarks: [any Benchmark] {
        [
            AppendBenchmark(), BatchBenchmark(), ErasableBenchmark(), ReadBenchmark(), BoardLatencyBenchmark(),
            CommandBenchmark(), TownMixBenchmark(), CascadeBenchmark(), WatcherBenchmark(), QueueBenchmark(),
            QueueLatencyBenchmark(), QueueKeepingBenchmark(time: growth ? .seconds(600) : nil), AssignmentBenchmark(),
            TerritoryBenchmark(), ImportBenchmark(), IntakeBenchmark(), MineBenchmark(),
            GrowthBenchmark(size: growth ? 20_000_000 : nil),
        ] + files.compactMap { MineFileBenchmark($0) }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let bench = try await BenchCluster.start(isQuick: quick)
        var (rows, settings): ([Measurement], String) = ([], "")
        var failure: (any Error)?
        do {
            settings = try await bench.settings()
            if !quick { try await bench.workIn() }
            for benchmark in benchmarks where only.map(benchmark.covers) ?? true {
                rows += try await benchmark.run(on: bench).filter { row in only.map { row.id.hasPrefix($0) } ?? true }
            }
        } catch {
            // What was measured until then is told all the same.
            failure = error
        }
        if !rows.isEmpty { print(MeasurementTable(rows: rows, settings: settings).text) }
        try await bench.remove()
        if let json { try MeasurementTable.writeJSON(rows, to: json) }
        if let failure { throw failure }
    }
}

/// One or several figures that are measured together.
protocol Benchmark: Sendable {
    var ids: [String] { get }
    func run(on bench: BenchCluster) async throws -> [Measurement]
}

extension Benchmark {
    /// Whether a prefix of an id asks for this benchmark.
    func covers(_ prefix: String) -> Bool { ids.contains { $0.hasPrefix(prefix) } }
}
