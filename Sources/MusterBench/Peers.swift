import Foundation

/// What analysts use elsewhere, on the same files: DuckDB and pm4py, where Python has them.
enum Peer: String, CaseIterable {
    case duckDB = "duckdb"
    case pm4py

    /// What one of them says of the events in a file.
    struct Mining: Decodable {
        struct Percentiles: Decodable {
            let p50: Double
            /// Nil where the tool has the median alone: pm4py, of edges.
            let p90: Double?
            let p99: Double?
        }

        struct Edge: Decodable {
            let from: String
            let to: String
            let count: Int
            let seconds: Percentiles
        }

        struct Variant: Decodable {
            let activities: [String]
            let cases: Int
        }

        /// Seconds until the file was in memory.
        let load: Double
        /// Seconds of the analysis.
        let analysis: Double
        let peakMebibytes: Double
        let edges: [Edge]
        let variants: [Variant]
        /// Of cases from their first event to their last.
        let cases: Percentiles
    }

    /// The columns that a tool must understand to load a file as events.
    struct Columns {
        let caseID: String
        let activity: String
        let time: String
        /// As `strftime` writes it.
        let timeFormat: String
    }

    /// - Parameter path: a CSV file with the columns case, activity and time.
    /// - Returns: nil when the tool is not there.
    /// - Throws: when the tool fails.
    func mine(_ path: String, on bench: BenchCluster) async throws -> Mining? {
        try await answer(to: self == .duckDB ? Self.mineWithDuckDB : Self.mineWithPM4Py, [path], on: bench)
    }

    /// Seconds to load a CSV file: DuckDB into a table of a database file, pm4py into memory as an event log.
    ///
    /// - Returns: nil when the tool is not there.
    /// - Throws: when the tool fails.
    func load(_ path: String, _ columns: Columns, on bench: BenchCluster) async throws -> Double? {
        let arguments = [path, columns.caseID, columns.activity, columns.time, columns.timeFormat]
        return try await answer(
            to: self == .duckDB ? Self.loadIntoDuckDB : Self.loadIntoPM4Py,
            arguments,
            on: bench
        )
    }

    /// What the script says, as JSON; nil when the tool is not there.
    private func answer<Answer: Decodable>(
        to script: String,
        _ arguments: [String],
        on bench: BenchCluster
    ) async throws -> Answer? {
        let python = ProcessInfo.processInfo.environment["MUSTER_BENCH_PYTHON"] ?? "python3"
        guard (try? await bench.run(python, ["-c", "import \(rawValue)"])) != nil else {
            BenchCluster.say("no \(rawValue): PEERS=1 installs it, or MUSTER_BENCH_PYTHON names a Python that has it")
            return nil
        }
        let path = NSTemporaryDirectory() + "muster-bench-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try await bench.run(python, ["-c", Self.setUp + script, path] + arguments)
        return try JSONDecoder().decode(Answer.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }
}

// MARK: - Scripts

extension Peer {
    /// The peak is read from `status`: what `getrusage` tells was inherited from the process that started Python.
    private static let setUp = """
        import json, os, sys, time, warnings
        warnings.filterwarnings("ignore")
        path = sys.argv[2]
        def say(answer):
            json.dump(answer, open(sys.argv[1], "w"))
        def peak():
            return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) / 1024

        """

    private static let mineWithDuckDB = """
        import duckdb
        db = duckdb.connect()
        db.execute("set threads=1")
        start = time.perf_counter()
        db.execute(f"create table e as select row_number() over () as n, * from read_csv('{path}')")
        loaded = time.perf_counter()
        edges = db.execute(\"\"\"
            with s as (select activity, time, lag(activity) over w as a, lag(time) over w as t
                       from e window w as (partition by "case" order by time, n)),
            d as (select a, activity, (epoch_us(time) - epoch_us(t)) / 1e6 as d from s where a is not null)
            select a, activity, count(*), median(d), quantile_disc(d, [0.9, 0.99]) from d group by a, activity
            \"\"\").fetchall()
        variants = db.execute(\"\"\"
            select way, count(*) from
                (select list(activity order by time, n) as way from e group by "case")
            group by way\"\"\").fetchall()
        p50, (p90, p99) = db.execute(\"\"\"
            select median(d), quantile_disc(d, [0.9, 0.99]) from
                (select (epoch_us(max(time)) - epoch_us(min(time))) / 1e6 as d from e group by "case")
            \"\"\").fetchone()
        ended = time.perf_counter()
        say({"load": loaded - start, "analysis": ended - loaded, "peakMebibytes": peak(),
             "edges": [{"from": a, "to": b, "count": n, "seconds": {"p50": m, "p90": q[0], "p99": q[1]}}
                       for a, b, n, m, q in edges],
             "variants": [{"activities": way, "cases": n} for way, n in variants],
             "cases": {"p50": p50, "p90": p90, "p99": p99}})
        """

    private static let mineWithPM4Py = """
        import pandas, pm4py
        start = time.perf_counter()
        frame = pandas.read_csv(path)
        frame["time"] = pandas.to_datetime(frame["time"])
        frame = pm4py.format_dataframe(frame, case_id="case", activity_key="activity", timestamp_key="time")
        loaded = time.perf_counter()
        graph, _, _ = pm4py.discover_dfg(frame)
        performance, _, _ = pm4py.discover_performance_dfg(frame)
        variants = pm4py.get_variants(frame)
        durations = sorted(pm4py.get_all_case_durations(frame))
        ended = time.perf_counter()
        middle = len(durations) // 2
        p50 = durations[middle] if len(durations) % 2 else (durations[middle - 1] + durations[middle]) / 2
        def rank(percent):
            return durations[-(-len(durations) * percent // 100) - 1]
        say({"load": loaded - start, "analysis": ended - loaded, "peakMebibytes": peak(),
             "edges": [{"from": a, "to": b, "count": n, "seconds": {"p50": float(performance[a, b]["median"])}}
                       for (a, b), n in graph.items()],
             "variants": [{"activities": way, "cases": n} for way, n in variants.items()],
             "cases": {"p50": p50, "p90": rank(90), "p99": rank(99)}})
        """

    private static let loadIntoDuckDB = """
        import duckdb
        database = path + ".duckdb"
        start = time.perf_counter()
        db = duckdb.connect(database)
        time_column = '"' + sys.argv[5] + '"'
        db.execute(f\"\"\"create table e as select * replace (strptime({time_column}, '{sys.argv[6]}') as {time_column})
                       from read_csv('{path}', all_varchar=true)\"\"\")
        db.execute("checkpoint")
        db.close()
        say(time.perf_counter() - start)
        os.remove(database)
        """

    private static let loadIntoPM4Py = """
        import pandas, pm4py
        start = time.perf_counter()
        frame = pandas.read_csv(path)
        frame[sys.argv[5]] = pandas.to_datetime(frame[sys.argv[5]], format=sys.argv[6])
        pm4py.format_dataframe(frame, case_id=sys.argv[3], activity_key=sys.argv[4], timestamp_key=sys.argv[5])
        say(time.perf_counter() - start)
        """
}
