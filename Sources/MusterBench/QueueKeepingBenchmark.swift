import EventLog
import EventSourcing
import Logging
import Postgres
import PostgresServer
import TaskQueue

/// What a queue leaves behind while somebody holds an old snapshot, and how soon the tasks of a process that was killed are
/// with another.
struct QueueKeepingBenchmark: Benchmark {
    let ids = ["queue.dead_rows", "queue.rescue"]

    /// How long the queue works at full load; nil for a short run.
    let time: Duration?

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let time = time ?? (bench.isQuick ? .seconds(5) : .seconds(30))
        BenchCluster.say("\(ids[0]): \(time) at full load beside a pinned snapshot")
        let (rows, catalogue, rate) = try await bench.withQueue("queue-dead-rows") { queue, log in
            try await Self.pinned(bench) {
                let before = try await Self.catalogue(log.pool)
                let rate = try await QueueLoad().rate(on: queue, log.pool, for: time)
                return (
                    try await Self.number(Self.deadRows, log.pool), try await Self.catalogue(log.pool) - before, rate
                )
            }
        }
        BenchCluster.say("\(ids[1]): a worker falls silent")
        var rescues: [Double] = []
        for run in 1...bench.runCount {
            rescues.append(
                try await bench.withQueue("queue-rescue-\(run)") { queue, log in try await Self.rescue(queue, log) }
            )
        }
        return [
            Measurement(
                id: ids[0],
                unit: "rows",
                runs: [rows],
                beside: [("in the catalogue, rows", catalogue), ("tasks/s", rate), ("seconds", time / .seconds(1))]
            ),
            Measurement(id: ids[1], unit: "s", runs: rescues),
        ]
    }

    // MARK: - Dead rows

    private static let pin = Statement("bench_pin", "select count(*) from pg_class")
    private static let deadRows = Statement(
        "bench_dead_rows",
        """
        select coalesce(sum(n_dead_tup), 0)::bigint
        from pg_stat_user_tables
        where schemaname = current_schema()
            and (relname like 'task%' or relname like 'queue%' or relname = 'dead_letters')
        """
    )
    private static let catalogueRows = Statement(
        "bench_catalogue_rows",
        "select coalesce(sum(n_dead_tup), 0)::bigint from pg_stat_sys_tables where schemaname = 'pg_catalog'"
    )

    private static func number(_ statement: Statement, _ pool: ConnectionPool) async throws -> Double {
        // What sessions have done reaches the statistics a moment later.
        try await Task.sleep(for: .seconds(2))
        return Double(try await pool.query(statement)[0].value(0, as: Int64.self))
    }

    private static func catalogue(_ pool: ConnectionPool) async throws -> Double {
        try await number(catalogueRows, pool)
    }

    /// Runs the body while a session holds a snapshot of before.
    private static func pinned<Result: Sendable>(
        _ bench: BenchCluster,
        _ body: () async throws -> Result
    ) async throws -> Result {
        var settings = ConnectionConfiguration(conninfo: bench.cluster.conninfo, applicationName: "pinned")
        settings.idleInTransactionTimeout = .seconds(3_600)
        let session = try await Connection.connect(settings, logger: bench.logger)
        let result = try await session.transaction(.repeatableReadReadOnly) { session in
            _ = try await session.query(pin)
            return try await body()
        }
        await session.close()
        return result
    }

    // MARK: - Rescue

    /// Seconds from a worker process's last sign of life until its task is with another.
    private static func rescue(_ queue: Queue, _ log: Log) async throws -> Double {
        let worker = log.queue("doomed")
        var demand = Turn.Demand(of: ["fire"], amount: 1, term: .seconds(600), endsWithProcess: true)
        let task = try NewTask(agency: "fire", kind: "whistle", uniqueKey: nil, payload: QueueLoad.payload)
        let line = Task { await worker.run() }
        try await Task.sleep(for: .milliseconds(300))
        queue.announce(try await log.pool.withConnection { try await queue.enqueue([task], in: $0) })
        let asked = demand
        guard try await worker.lease(asked, worker: "doomed", patience: .seconds(5)).count == 1 else {
            throw BenchError("the worker got no task")
        }
        // As when it is killed: it says nothing any more.
        line.cancel()
        let start = ContinuousClock.now
        demand.endsWithProcess = false
        let again = try await queue.lease(demand, worker: "heir", patience: .seconds(30))
        guard again.count == 1 else { throw BenchError("the task of the silent worker did not come back") }
        return (.now - start) / .seconds(1)
    }
}
