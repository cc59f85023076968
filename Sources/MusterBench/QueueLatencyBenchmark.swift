import EventLog
import EventSourcing
import Logging
import MusterRuntime
import Postgres
import Synchronization
import TaskQueue

/// From the commit that enqueues a task to the worker that has it, 2,000 single tasks a second, in one process and across
/// two; and how late tasks start that wait for their time among a million others.
struct QueueLatencyBenchmark: Benchmark {
    let ids = ["queue.latency.same", "queue.latency.across", "timer.lateness"]

    private static let perSecond = 2_000
    /// Fewer than the log's pool lets wait.
    private static let mostCallers = 200
    private static let pending = 1_000_000

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        try await bench.writeBack()
        let notify = try await NotifyRoundTrip(bench: bench).medianMilliseconds()
        BenchCluster.say("\(ids[0]): \(Self.perSecond) tasks a second")
        let same = try await bench.withQueue("queue-latency-same") { queue, log in
            try await Self.latencies(from: queue, to: queue, log.pool, for: bench.runTime)
        }
        BenchCluster.say("\(ids[1]): enqueued in one process, dispatched in another, worked on in a third")
        let across = try await bench.withQueue("queue-latency-across") { _, log in
            try await Self.withFollowers(on: log) { producer, worker in
                try await Self.latencies(from: producer, to: worker, log.pool, for: bench.runTime)
            }
        }
        let lateness = try await timers(on: bench)
        return [
            row(ids[0], same, beside: [("NOTIFY round trip, p50 ms", notify)]),
            row(ids[1], across, beside: [("NOTIFY round trip, p50 ms", notify)]),
            row(ids[2], lateness, beside: [("tasks that wait for a later time", Double(pending(bench)))]),
        ]
    }

    private func row(_ id: String, _ latencies: [Duration], beside: [(String, Double)]) -> Measurement {
        Measurement(
            id: id,
            unit: "ms",
            runs: [Measurement.percentile(50, of: latencies.sorted()) ?? 0],
            latencies: latencies,
            beside: beside
        )
    }

    // MARK: - From enqueue to start

    /// What producers and workers note, by the number of the task.
    private final class Notes: Sendable {
        let sentAt = Mutex<[Int64: ContinuousClock.Instant]>([:])
        let seenAt = Mutex<[Int64: ContinuousClock.Instant]>([:])
    }

    private static func latencies(
        from producer: Queue,
        to worker: Queue,
        _ pool: ConnectionPool,
        for time: Duration
    ) async throws -> [Duration] {
        let notes = Notes()
        let start = ContinuousClock.now + .milliseconds(500)
        let end = start + time
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var turn = Turn(worker: "bench")
                    turn.demand = Turn.Demand(of: ["fire"], amount: 100, term: .seconds(60))
                    while ContinuousClock.now < end + .milliseconds(300) {
                        let tasks = try await worker.exchange(turn, patience: .milliseconds(200)).tasks
                        let now = ContinuousClock.now
                        notes.seenAt.withLock { seen in for task in tasks { seen[task.grant.task.rawValue] = now } }
                        turn.done = tasks.map(\.grant)
                    }
                }
            }
            let task = try NewTask(agency: "fire", kind: "whistle", uniqueKey: nil, payload: QueueLoad.payload)
            try await withThrowingTaskGroup(of: Void.self) { callers in
                var number = 0
                let begin = ContinuousClock.now
                while ContinuousClock.now < end {
                    number += 1
                    try await Task.sleep(until: begin + .seconds(1) * number / perSecond, clock: .continuous)
                    // A machine that stands still for a moment makes them late, it does not make them more.
                    if number > mostCallers { _ = try await callers.next() }
                    callers.addTask {
                        let enqueued = try await pool.withConnection { try await producer.enqueue([task], in: $0) }
                        producer.announce(enqueued)
                        let now = ContinuousClock.now
                        notes.sentAt.withLock { sent in for number in enqueued.numbers { sent[number.rawValue] = now } }
                    }
                }
                try await callers.waitForAll()
            }
            try await group.waitForAll()
        }
        let seen = notes.seenAt.withLock { $0 }
        return notes.sentAt.withLock { $0 }.compactMap { number, sent in
            guard sent > start, let seen = seen[number] else { return nil }
            // A worker may have it before the producer has noted that it was committed.
            return max(.zero, seen - sent)
        }
    }

    /// The queue as two other processes have it, with their own lines to the dispatcher.
    private static func withFollowers<Result: Sendable>(
        on log: Log,
        _ body: @Sendable @escaping (Queue, Queue) async throws -> Result
    ) async throws -> Result {
        let (producer, worker) = (log.queue("producer"), log.queue("worker"))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await producer.run() }
            group.addTask { await worker.run() }
            defer { group.cancelAll() }
            try await Task.sleep(for: .milliseconds(500))
            return try await body(producer, worker)
        }
    }

    // MARK: - Timers

    private func pending(_ bench: BenchCluster) -> Int { bench.isQuick ? 100_000 : Self.pending }

    /// How late tasks start that come due one after the other while many more wait.
    private func timers(on bench: BenchCluster) async throws -> [Duration] {
        let pending = pending(bench)
        BenchCluster.say("\(ids[2]): \(pending) tasks wait for tomorrow, 500 a second come due")
        return try await bench.withQueue("timer-lateness") { queue, log in
            let pool = log.pool
            let tomorrow = Timestamp.now() + .seconds(86_400)
            for _ in 0..<pending / 5_000 { try await Self.enqueue(5_000, at: { _ in tomorrow }, queue, pool) }
            // What has been written is on its way to the disk; it is not what is measured.
            try await bench.writeBack()
            let (first, seconds) = (Timestamp.now() + .seconds(2), bench.isQuick ? 3 : 10)
            let count = seconds * 500
            try await Self.enqueue(count, at: { first + .milliseconds(2) * $0 }, queue, pool)
            let clock = try await Self.clockDifference(pool)
            var lateness: [Duration] = []
            var turn = Turn(worker: "bench")
            turn.demand = Turn.Demand(of: ["fire"], amount: 100, term: .seconds(60))
            while lateness.count < count {
                let tasks = try await queue.exchange(turn, patience: .seconds(5)).tasks
                guard !tasks.isEmpty else { throw BenchError("tasks that are due were not handed out") }
                let now = Timestamp.now() + clock
                for task in tasks {
                    guard let due = Int64(task.payload).map({ Timestamp(microseconds: $0) }) else { continue }
                    lateness.append(now.since(due))
                }
                turn.done = tasks.map(\.grant)
            }
            return lateness
        }
    }

    /// Tasks whose payload is the time from which they may start.
    private static func enqueue(
        _ count: Int,
        at time: (Int) -> Timestamp,
        _ queue: Queue,
        _ pool: ConnectionPool
    ) async throws {
        let tasks = try (0..<count).map { number in
            let due = time(number)
            return try NewTask(
                agency: "fire",
                kind: "reminder",
                uniqueKey: nil,
                payload: Array(String(due.microseconds).utf8),
                runAt: due
            )
        }
        queue.announce(try await pool.withConnection { try await queue.enqueue(tasks, in: $0) })
    }

    private static let now = Statement("bench_now", "select clock_timestamp()")

    /// What must be added to our clock to have the database's.
    private static func clockDifference(_ pool: ConnectionPool) async throws -> Duration {
        let before = Timestamp.now()
        let stored = try await pool.query(now)[0].value(0, as: PostgresTimestamp.self)
        let middle = before + Timestamp.now().since(before) / 2
        return Timestamp(microseconds: stored.microsecondsSince1970).since(middle)
    }
}
