import Foundation
import Records

/// What analysts use elsewhere, on the same events: DuckDB and pm4py, where Python has them.
struct Peers {
    struct Answer {
        let seconds: Double
        let mebibytes: Double
        let variants: Int
        let edges: Int
        /// Events that follow another one.
        let steps: Int
        /// Of cases, in seconds.
        let p50: Double
        let p90: Double
    }

    /// The interpreter, by name or path.
    private static var python: String {
        ProcessInfo.processInfo.environment["MUSTER_BENCH_PYTHON"] ?? "python3"
    }

    /// By the name of the tool; nil for a tool that is not there.
    static func answer(_ tool: String, csv path: String, on bench: BenchCluster) async throws -> Answer? {
        let script = tool == "duckdb" ? duckDB : pm4py
        guard let output = try? await bench.run("env", [python, "-c", setUp + script, path]) else {
            BenchCluster.say("\(tool) is not there: PEERS=1 installs it; MUSTER_BENCH_PYTHON may name a Python with it")
            return nil
        }
        let numbers = output.split(separator: "\n").last?.split(separator: " ").compactMap { Double($0) } ?? []
        guard numbers.count == 7 else { throw BenchError("\(tool) said: \(output.suffix(400))") }
        return Answer(
            seconds: numbers[0],
            mebibytes: numbers[1],
            variants: Int(numbers[2]),
            edges: Int(numbers[3]),
            steps: Int(numbers[4]),
            p50: numbers[5],
            p90: numbers[6]
        )
    }

    private static let setUp = """
        import resource, sys, time, warnings
        warnings.filterwarnings("ignore")
        path = sys.argv[1]
        def say(seconds, variants, edges, steps, p50, p90):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(seconds, peak, variants, edges, steps, p50, p90)

        """

    /// Loading is not counted, as it is not for the engine.
    private static let duckDB = """
        import duckdb
        db = duckdb.connect()
        db.execute("set threads=1")
        db.execute(f"create table e as select row_number() over () as n, * from read_csv('{path}')")
        start = time.perf_counter()
        edges = db.execute(\"\"\"
            with s as (select activity, time, lag(activity) over w as a, lag(time) over w as t
                       from e window w as (partition by "case" order by time, n))
            select a, activity, count(*), quantile_disc(epoch_us(time) - epoch_us(t), [0.5, 0.9])
            from s where a is not null group by a, activity\"\"\").fetchall()
        variants = db.execute(\"\"\"
            select way, count(*) from
                (select string_agg(activity, '|' order by time, n) as way from e group by "case")
            group by way\"\"\").fetchall()
        p50, p90 = db.execute(\"\"\"
            select median(d), quantile_disc(d, 0.9) from
                (select (epoch_us(max(time)) - epoch_us(min(time))) / 1e6 as d from e group by "case")\"\"\").fetchone()
        say(time.perf_counter() - start, len(variants), len(edges), sum(e[2] for e in edges), p50, p90)
        """

    private static let pm4py = """
        import pandas, pm4py
        frame = pandas.read_csv(path)
        frame["time"] = pandas.to_datetime(frame["time"])
        frame = pm4py.format_dataframe(frame, case_id="case", activity_key="activity", timestamp_key="time")
        start = time.perf_counter()
        graph, _, _ = pm4py.discover_dfg(frame)
        performance, _, _ = pm4py.discover_performance_dfg(frame)
        variants = pm4py.get_variants(frame)
        durations = sorted(pm4py.get_all_case_durations(frame))
        middle = len(durations) // 2
        p50 = durations[middle] if len(durations) % 2 else (durations[middle - 1] + durations[middle]) / 2
        p90 = durations[-(-len(durations) * 90 // 100) - 1]
        say(time.perf_counter() - start, len(variants), len(graph), sum(graph.values()), p50, p90)
        """
}
