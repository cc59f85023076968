import EventLog
import EventSourcing
import Logging
import Postgres
import PostgresServer
import Synchronization
import TaskQueue

/// Tasks through their whole lives: enqueued in transactions, leased, ended, with every step durable before anybody hears
/// of it.
struct QueueBenchmark: Benchmark {
    let ids = ["queue.throughput.free", "queue.throughput.limits", "queue.throughput.retries"]

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        let baseline = SkipLockedQueue(bench: bench)
        BenchCluster.say("queue.throughput: the SKIP LOCKED table")
        let batched = try await baseline.rate(batch: 100, for: bench.runTime)
        let single = try await baseline.rate(batch: 1, for: bench.runTime)
        var rows: [Measurement] = []
        for (id, load) in zip(ids, [QueueLoad(), QueueLoad(concurrency: 1_000), QueueLoad(failures: 10)]) {
            var rates: [Double] = []
            for run in 1...bench.runCount {
                BenchCluster.say("\(id): run \(run) of \(bench.runCount)")
                let name = id.split(separator: ".").joined(separator: "-") + "-\(run)"
                rates.append(
                    try await bench.withQueue(name) { queue, log in
                        try await load.rate(on: queue, log.pool, for: bench.runTime)
                    }
                )
            }
            rows.append(
                Measurement(
                    id: id,
                    unit: "tasks/s",
                    runs: rates,
                    beside: [
                        ("SKIP LOCKED, batches of 100, tasks/s", batched), ("one at a time, tasks/s", single),
                    ]
                )
            )
        }
        return rows
    }
}

/// Producers and workers that keep a queue as busy as it can be.
struct QueueLoad: Sendable {
    /// How many tasks of one agency may be with workers; nil for any number, and no limit at all.
    var concurrency: Int32?
    /// One of so many tasks fails the first time; 0 for none.
    var failures: Int64 = 0
    var producers = 4
    var workers = 4
    var batch = 500

    static let agencies = (0..<64).map { "agency-\($0)" }
    /// 120 bytes.
    static let payload = Array(
        #"{"matter":"0193c0de-0000-7000-8000-000000000001","note":"\#(String(repeating: "x", count: 62))"}"#.utf8
    )

    /// So many tasks may be open before producers wait.
    private static let backlog = 40_000

    private final class Tally: Sendable {
        let enqueued = Atomic<Int>(0)
        let done = Atomic<Int>(0)
    }

    /// Tasks a second that were ended.
    func rate(on queue: Queue, _ pool: ConnectionPool, for time: Duration) async throws -> Double {
        if let concurrency {
            let limit = QueueLimit(concurrency: concurrency, rate: Rate(tasks: 1_000_000, seconds: 1, burst: 100_000))
            try await queue.setLimit(limit, for: QueueLimits.Scope(agency: nil, kind: nil))
        }
        let tally = Tally()
        let start = ContinuousClock.now + .milliseconds(500)
        let end = start + time
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for producer in 0..<producers {
                group.addTask { try await produce(producer, queue, pool, tally, until: end) }
            }
            for _ in 0..<workers { group.addTask { try await work(queue, tally, until: end) } }
            try await Task.sleep(until: start, clock: .continuous)
            let (from, begun) = (tally.done.load(ordering: .relaxed), ContinuousClock.now)
            try await Task.sleep(until: end, clock: .continuous)
            let count = tally.done.load(ordering: .relaxed) - from
            let rate = Double(count) / ((.now - begun) / .seconds(1))
            try await group.waitForAll()
            return rate
        }
    }

    private func produce(
        _ producer: Int,
        _ queue: Queue,
        _ pool: ConnectionPool,
        _ tally: Tally,
        until end: ContinuousClock.Instant
    ) async throws {
        var next = producer
        var tasks: [NewTask] = []
        for number in 0..<batch {
            tasks.append(
                try NewTask(
                    agency: Self.agencies[(number + producer * 16) % Self.agencies.count],
                    kind: "whistle",
                    uniqueKey: nil,
                    payload: Self.payload
                )
            )
        }
        while ContinuousClock.now < end {
            let open = tally.enqueued.load(ordering: .relaxed) - tally.done.load(ordering: .relaxed)
            guard open < Self.backlog else {
                try await Task.sleep(for: .milliseconds(2))
                continue
            }
            let enqueued = try await pool.withConnection { try await queue.enqueue(tasks, in: $0) }
            queue.announce(enqueued)
            tally.enqueued.add(batch, ordering: .relaxed)
            next += producers
        }
    }

    private func work(_ queue: Queue, _ tally: Tally, until end: ContinuousClock.Instant) async throws {
        var turn = Turn(worker: "bench")
        turn.demand = Turn.Demand(of: Self.agencies, amount: batch, term: .seconds(60), endsWithProcess: true)
        while ContinuousClock.now < end {
            let tasks = try await queue.exchange(turn, patience: .milliseconds(100)).tasks
            turn.done = []
            turn.failed = []
            turn.done.reserveCapacity(tasks.count)
            for task in tasks {
                if failures > 0, task.attempt == 1, task.grant.task.rawValue % failures == 0 {
                    turn.failed.append(TaskFailure(task.grant, error: "not now", .retry(after: .milliseconds(50))))
                } else {
                    turn.done.append(task.grant)
                }
            }
            tally.done.add(turn.done.count, ordering: .relaxed)
        }
    }
}

/// The usual queue beside ours: one table of rows that change, leased with SKIP LOCKED. No limits, no retries, no timers.
struct SkipLockedQueue {
    let bench: BenchCluster

    private static let insert = Statement(
        "bench_jobs_insert",
        "insert into jobs (payload) select * from unnest($1::text[])"
    )
    private static let lease = Statement(
        "bench_jobs_lease",
        """
        update jobs
        set state = 1
        where id in (select id from jobs where state = 0 order by id limit $1::integer for update skip locked)
        returning id, payload
        """
    )
    private static let end = Statement("bench_jobs_end", "delete from jobs where id = any($1::bigint[])")

    /// Tasks a second through two sessions, each of which enqueues, leases and ends so many a round trip.
    func rate(batch: Int, for time: Duration) async throws -> Double {
        var settings = ConnectionConfiguration(conninfo: bench.cluster.conninfo, applicationName: "muster-bench")
        settings.avoidsSequentialScans = true
        let admin = try await Connection.connect(settings, logger: bench.logger)
        try await admin.script(
            """
            drop table if exists jobs;
            create table jobs (
                id bigint generated always as identity primary key, state smallint not null default 0, payload text not null
            );
            create index jobs_open on jobs (id) where state = 0;
            """
        )
        await admin.close()
        let (sessionSettings, logger) = (settings, bench.logger)
        let start = ContinuousClock.now
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask { try await Self.session(sessionSettings, logger, batch, until: start + time) }
            }
            return try await group.reduce(0, +)
        }
        return Double(done) / ((.now - start) / .seconds(1))
    }

    private static func session(
        _ settings: ConnectionConfiguration,
        _ logger: Logger,
        _ batch: Int,
        until end: ContinuousClock.Instant
    ) async throws -> Int {
        let connection = try await Connection.connect(settings, logger: logger)
        let payloads = Array(repeating: String(decoding: QueueLoad.payload, as: UTF8.self), count: batch)
        var (done, held): (Int, [Int64]) = (0, [])
        while ContinuousClock.now < end {
            let results = try await connection.pipeline([
                Call(Self.end, held), Call(Self.insert, payloads), Call(Self.lease, Int32(batch)),
            ])
            done += held.count
            held = []
            for row in try results[2].get() {
                let (id, _) = try row.decode(Int64.self, String.self)
                held.append(id)
            }
        }
        await connection.close()
        return done
    }
}

extension BenchCluster {
    /// Opens a new queue with a dispatcher of this process, on a log of its own.
    func withQueue<Result: Sendable>(
        _ name: String,
        configuration: QueueConfiguration = QueueConfiguration(),
        _ body: @Sendable @escaping (Queue, Log) async throws -> Result
    ) async throws -> Result {
        try await withLog(name) { log in
            let logger = Logger(label: "muster-bench")
            let queue = log.queue("bench", configuration)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await queue.run() }
                group.addTask { await Dispatcher(queue: queue, logger: logger).run() }
                defer { group.cancelAll() }
                while !queue.isLeading { try await Task.sleep(for: .milliseconds(5)) }
                return try await body(queue, log)
            }
        }
    }
}

extension Log {
    /// The log's queue as a process of this name has it.
    func queue(_ process: String, _ configuration: QueueConfiguration = QueueConfiguration()) -> Queue {
        Queue(
            pool: pool,
            connecting: connecting,
            process: process,
            logger: Logger(label: "muster-bench"),
            configuration: configuration
        )
    }
}
