import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Synchronization
import Testing

@testable import TaskQueue

@Suite("The segments of a queue", .testDatabase, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct SegmentTests {
    private static var small: QueueConfiguration {
        var configuration = TestQueue.impatient
        configuration.segmentTasks = 50
        configuration.segmentTime = .zero
        return configuration
    }

    /// Lets tasks through, and returns their keys in the order in which they ended.
    @discardableResult
    private static func work(
        _ test: TestQueue,
        _ total: Int,
        prefix: String,
        isBatched: Bool = true
    ) async throws -> [String] {
        let keys = Noted<[String]>([])
        try await withThrowingTaskGroup { group in
            group.addTask {
                let size = isBatched ? 250 : 25
                for first in stride(from: 0, to: total, by: size) {
                    try await test.enqueue(
                        (first..<min(first + size, total)).map { try NewTask.sample("\(prefix)-\($0)", agency: "busy") }
                    )
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    while keys.withLock({ $0.count }) < total {
                        let tasks = try await test.insist {
                            try await test.lease(200, of: "busy", for: .seconds(5), patience: .milliseconds(20))
                        }
                        let grants = tasks.map(\.grant)
                        let accepted = try await test.insist { try await test.queue.acknowledge(grants) }
                        keys.withLock { $0 += tasks.filter { accepted.contains($0.grant) }.map(\.uniqueKey) }
                    }
                }
            }
            for try await _ in group {}
        }
        return keys.withLock { $0 }
    }

    /// Lets small batches through until few rows are left: what comes at once may make a long segment, which stays while
    /// it is one of the last.
    ///
    /// - Returns: how many tasks that took.
    @discardableResult
    private static func work(_ test: TestQueue, untilFewerThan limit: Int64, prefix: String) async throws -> Int {
        var batches = 0
        while try await test.rows() >= limit {
            batches += 1
            try await work(test, 25, prefix: "\(prefix)-\(batches)")
        }
        return batches * 25
    }

    @Test("are emptied, and what was left in them survives, also a takeover")
    func emptied() async throws {
        try await TestQueue.with(Self.small) { test in
            let survivors = (0..<20).map { "late-\($0)" }
            try await test.enqueue(survivors.map { try NewTask.sample($0) })
            let failed = try await test.leaseOne()
            _ = try await test.queue.fail([TaskFailure(failed.grant, error: "not yet", .retry(after: .zero))])
            let leased = try await test.leaseOne(for: .seconds(3_600))
            let keys = try await Self.work(test, 20_000, prefix: "a")
            #expect(Set(keys).count == 20_000 && keys.count == 20_000)
            // The survivors' own segment stays as long as there is room, however long it has become.
            let more = try await Self.work(test, untilFewerThan: 5_000, prefix: "more")
            let epoch = try await test.epoch()
            try await test.endLeadersSession()
            try await test.eventually { try await test.epoch() > epoch }
            #expect(try await test.insist { try await test.queue.acknowledge([leased.grant]) } == [leased.grant])
            try await Self.work(test, 2_000, prefix: "b")
            let rest = try await test.lease(100)
            #expect(Set(rest.map(\.uniqueKey) + [leased.uniqueKey]) == Set(survivors) && rest.count == 19)
            // What happened before is not forgotten.
            #expect(rest.allSatisfy { $0.attempt == ($0.grant.task == failed.grant.task ? 2 : 1) || $0.attempt == 1 })
            #expect(rest.filter { $0.grant.task == failed.grant.task }.allSatisfy { $0.attempt == 2 })
            #expect(try await test.counted() == Int64(22_001 + more))
        }
    }

    @Test("are left alone while somebody reads them, and nobody waits for that")
    func reader() async throws {
        try await TestQueue.with(Self.small) { test in
            try await Self.work(test, 300, prefix: "a")
            let rows = try await test.log.pool.withConnection { connection in
                try await connection.transaction(.repeatableReadReadOnly) { connection in
                    try await connection.script("set local idle_in_transaction_session_timeout = 0")
                    _ = try await connection.query(TestQueue.countRows)
                    let keys = try await Self.work(test, 3_000, prefix: "b")
                    #expect(keys.count == 3_000)
                    return try await test.rows()
                }
            }
            #expect(rows > 0)
            try await Self.work(test, 300, prefix: "c")
            try await Self.work(test, untilFewerThan: 300, prefix: "more")
        }
    }

    @Test("lose nothing to whoever comes late to one that is being emptied")
    func latecomers() async throws {
        try await Rounds.run("latecomers", share: 0.2) { seed in
            try await TestQueue.with(Self.small) { test in
                let late = Noted<Set<String>>([])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await Self.work(test, 4_000, prefix: "a", isBatched: false) }
                    group.addTask {
                        var random = SeededGenerator(seed: seed)
                        for number in 0..<150 {
                            // As one that looked which segment is the current one a while ago.
                            try await test.log.pool.execute(
                                TestQueue.enqueueLate,
                                Int16.random(in: 1...4, using: &random),
                                "late-\(number)"
                            )
                            late.withLock { _ = $0.insert("late-\(number)") }
                            try await Task.sleep(for: .milliseconds(Int.random(in: 0...10, using: &random)))
                        }
                    }
                    for try await _ in group {}
                }
                var keys: [String] = []
                while keys.count < 150 {
                    let tasks = try await test.lease(200, patience: .seconds(60))
                    keys += tasks.map(\.uniqueKey)
                    _ = try await test.queue.acknowledge(tasks.map(\.grant))
                }
                #expect(Set(keys) == late.withLock { $0 } && keys.count == 150)
                try await Self.work(test, 500, prefix: "b")
                // None of them is stuck with a wrong count.
                try await Self.work(test, untilFewerThan: 500, prefix: "more")
            }
        }
    }

    @Test("have been emptied before when the answer got lost, and that is no harm")
    func answerLost() async throws {
        try await TestQueue.withoutDispatcher { test in
            let numbers = try await test.enqueue(.sample("w"))
            let reader = QueueReader(pool: test.log.pool)
            try await test.log.pool.withConnection {
                try await $0.script("update queue_state set segment = 2, epoch = 7")
            }
            #expect(try await !reader.empty(1, epoch: 6, tasks: 1))
            #expect(try await !reader.empty(1, epoch: 7, tasks: 2))
            #expect(try await !reader.empty(2, epoch: 7, tasks: 0))
            #expect(try await reader.empty(1, epoch: 7, tasks: numbers.count))
            #expect(try await reader.empty(1, epoch: 7, tasks: numbers.count))
        }
    }

    @Test("full of tasks that wait are not written again and again")
    func waiting() async throws {
        try await TestQueue.with(Self.small) { test in
            let late = try await test.now() + .seconds(3_600)
            try await test.enqueue((0..<200).map { try NewTask.sample("w-\($0)", runAt: late) })
            try await Self.work(test, 500, prefix: "a")
            #expect(try await test.rows(carried: true) == 0)
            let epoch = try await test.epoch()
            try await test.endLeadersSession()
            try await test.eventually { try await test.epoch() > epoch }
            try await Self.work(test, 200, prefix: "b")
            #expect(try await test.rows(carried: true) == 0)
        }
    }

    @Test("that are added while a transaction enqueues do not break it: all its tasks go where the first went")
    func enqueuesTwice() async throws {
        try await TestQueue.withoutDispatcher { test in
            let connection = try await Connection.connect(test.log.connecting, logger: test.logger)
            func enqueue(_ key: String) async throws {
                _ = try await test.queue.enqueue([try NewTask.sample(key)], in: connection)
            }
            func advance(to segment: Int16) async throws {
                try await test.log.pool.execute(DispatchSQL.addSegment, segment)
                try await test.log.pool.execute(DispatchSQL.switchSegment, segment)
            }
            try await connection.script("begin")
            try await enqueue("first")
            try await advance(to: 100)
            try await enqueue("second")
            // What is taken back takes its place with it.
            try await connection.script("commit; begin; savepoint before")
            try await enqueue("never")
            try await connection.script("rollback to before")
            try await advance(to: 101)
            try await enqueue("third")
            try await connection.script("commit")
            await connection.close()
            let rows = try await test.log.pool.query(TestQueue.places)
            let places = try rows.map { try $0.decode(String.self, Int16.self) }
            #expect(places.map(\.0) == ["first", "second", "third"])
            #expect(places.map(\.1) == [1, 1, 101])
        }
    }
}

extension TestQueue {
    func rows() async throws -> Int64 {
        try await log.pool.query(Self.countRows)[0].value(0, as: Int64.self)
    }

    fileprivate func rows(carried: Bool) async throws -> Int64 {
        try await log.pool.query(Self.countCarried)[0].value(0, as: Int64.self)
    }

    /// What ended, by the history and the rows that are there.
    fileprivate func counted() async throws -> Int64 {
        try await log.pool.query(Self.countDone)[0].value(0, as: Int64.self)
    }

    fileprivate static let places = Statement("test.places", "select unique_key, segment from tasks order by number")

    fileprivate static let countRows = Statement("test.count_rows", "select count(*) from tasks")

    private static let countCarried = Statement("test.count_carried", "select count(*) from tasks where carried > 0")

    private static let countDone = Statement(
        "test.count_done",
        """
        select (select coalesce(sum(done), 0) from task_counts)::bigint
            + (
                select coalesce(sum(cardinality(tasks)), 0)
                from task_steps
                where kind = 'done' and number > (select coalesce(max(step), 0) from task_counts)
            )::bigint
        """
    )

    fileprivate static let enqueueLate = Statement(
        "test.enqueue_late",
        """
        with begun as materialized (select pg_current_xact_id() as xid)
        insert into tasks (segment, number, agency, kind, unique_key, priority, run_at, payload)
        select $1::smallint, nextval('task_numbers'), 'fire', 'whistle', $2::text, 0, statement_timestamp(), '{}'
        from begun
        where xid is not null
        """
    )
}
