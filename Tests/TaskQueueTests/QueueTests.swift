import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

@Suite("A queue", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct QueueTests {
    @Test("hands out what was enqueued, byte by byte")
    func handsOut() async throws {
        try await TestQueue.with { test in
            let numbers = try await test.enqueue(.sample("w-1"))
            let task = try await test.leaseOne()
            #expect([task.grant.task] == numbers)
            #expect(task.uniqueKey == "w-1")
            #expect(task.kind == "whistle")
            #expect(task.payload == #"{ "matter": "M-1" }"#)
            #expect(task.attempt == 1)
        }
    }

    @Test("adds nothing when the caller's transaction rolls back")
    func rollsBack() async throws {
        struct Abort: Error {}
        try await TestQueue.with { test in
            await #expect(throws: Abort.self) {
                try await test.log.pool.transaction { connection in
                    _ = try await test.queue.enqueue([.sample("w-1")], in: connection)
                    throw Abort()
                }
            }
            try await test.enqueue(.sample("w-2"))
            #expect(try await test.leaseOne().uniqueKey == "w-2")
            #expect(try await test.lease(patience: .milliseconds(50)).isEmpty)
        }
    }

    @Test("hands a unique key out once, also when its task has ended")
    func uniqueKeys() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w-1"))
            try await test.enqueue(.sample("w-1"), .sample("w-2"))
            let tasks = try await test.lease(10)
            #expect(tasks.map(\.uniqueKey) == ["w-1", "w-2"])
            _ = try await test.queue.acknowledge(tasks.map(\.grant))
            try await test.enqueue(.sample("w-1"), .sample("w-2"), .sample("w-3"))
            #expect(try await test.lease(10).map(\.uniqueKey) == ["w-3"])
        }
    }

    @Test("hands out any number of tasks without a key")
    func noKeys() async throws {
        try await TestQueue.with { test in
            let numbers = try await test.enqueue(.sample(nil), .sample(nil))
            #expect(try await test.lease(10).map(\.uniqueKey) == numbers.map { "task-\($0)" })
        }
    }

    @Test("gives two agencies a task each under the same key")
    func keyPerAgency() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w-1"), .sample("w-1", agency: "police"))
            #expect(try await test.lease(9).count == 1)
            #expect(try await test.lease(9, of: "police").count == 1)
        }
    }

    @Test("takes the same keys from many transactions at once, each key once")
    func concurrentKeys() async throws {
        try await TestQueue.with { test in
            try await withThrowingTaskGroup { group in
                for turn in 0..<8 {
                    group.addTask {
                        let keys = (0..<50).map { "w-\(turn.isMultiple(of: 2) ? $0 : 49 - $0)" }
                        try await test.enqueue(keys.map { try NewTask.sample($0) }, isAnnounced: turn < 4)
                    }
                }
                try await group.waitForAll()
            }
            var keys: [String] = []
            while true {
                let tasks = try await test.lease(100, patience: .milliseconds(100))
                if tasks.isEmpty { break }
                keys += tasks.map(\.uniqueKey)
            }
            #expect(keys.sorted() == (0..<50).map { "w-\($0)" }.sorted())
        }
    }

    @Test("hands out the higher priority first, then the older")
    func priority() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("old"), .sample("urgent", priority: 9))
            try await test.enqueue(.sample("new"), .sample("late", priority: -1))
            #expect(try await test.lease(2).map(\.uniqueKey) == ["urgent", "old"])
            #expect(try await test.lease(9).map(\.uniqueKey) == ["new", "late"])
        }
    }

    @Test("keeps a task back until its time, be it in the year 9999")
    func runAt() async throws {
        try await TestQueue.with { test in
            let soon = try await test.now() + .milliseconds(300)
            try await test.enqueue(.sample("soon", runAt: soon), .sample("never", runAt: NewTask.latestRunAt))
            #expect(try await test.leaseOne().uniqueKey == "soon")
            let leased = try #require(try await test.steps().first)
            #expect(leased.at >= soon.microseconds)
            #expect(try await test.lease(patience: .milliseconds(50)).isEmpty)
        }
    }

    @Test("takes a time in the past as now")
    func runAtInThePast() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("old", runAt: Timestamp(microseconds: 0)), .sample("w"))
            #expect(try await test.lease(9).map(\.uniqueKey) == ["old", "w"])
        }
    }

    @Test("leases each agency's tasks by its own demand")
    func demands() async throws {
        try await TestQueue.with { test in
            for number in 0..<3 {
                try await test.enqueue(.sample("\(number)"), .sample("\(number)", agency: "police"))
            }
            let shares: [Turn.Demand.Share] = [
                .init(agency: "fire", amount: 1), .init(agency: "police", amount: 2), .init(agency: "none", amount: 5),
            ]
            let tasks = try await test.queue.lease(Turn.Demand(shares, amount: 9, term: .seconds(60)), worker: "test")
            #expect(tasks.count { $0.agency == "fire" } == 1)
            #expect(tasks.count { $0.agency == "police" } == 2)
        }
    }

    @Test("leases no task twice at once, and each task ends once", arguments: [1, 2, 3, 4] as [UInt64])
    func concurrency(seed: UInt64) async throws {
        try await TestQueue.with { test in
            let total = 400
            try await test.enqueue((0..<total).map { try NewTask.sample("w-\($0)", priority: Int16($0 % 3)) })
            let held = HeldTasks()
            try await withThrowingTaskGroup { group in
                for worker in 0..<8 {
                    group.addTask {
                        var random = SeededGenerator(seed: seed &* 100 + UInt64(worker))
                        while held.ended < total {
                            let amount = Int.random(in: 1...7, using: &random)
                            let tasks = try await test.lease(amount, patience: .milliseconds(5))
                            held.take(tasks)
                            for task in tasks {
                                held.giveBack(task)
                                switch Int.random(in: 0..<4, using: &random) {
                                case 0:
                                    let failure = TaskFailure(task.grant, error: "not now", .retry(after: .zero))
                                    #expect(try await test.queue.fail([failure]).count == 1)
                                default:
                                    #expect(try await test.queue.acknowledge([task.grant]).count == 1)
                                    held.end(task)
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(held.faults.isEmpty)
            #expect(held.ended == total)
        }
    }

    @Test("refuses what can never be a task")
    func invalid() {
        func make(
            agency: String = "fire",
            key: String = "k",
            payload: [UInt8] = Array("{}".utf8),
            priority: Int16 = 0,
            runAt: Timestamp? = nil
        ) throws -> NewTask {
            try NewTask(
                agency: agency,
                kind: "whistle",
                uniqueKey: key,
                payload: payload,
                priority: priority,
                runAt: runAt
            )
        }
        #expect(throws: InvalidTask.self) { try make(agency: "") }
        #expect(throws: InvalidTask.self) { try make(agency: "*") }
        #expect(throws: InvalidTask.self) { try make(key: String(repeating: "k", count: 201)) }
        #expect(throws: InvalidTask.self) { try make(key: "two\nlines") }
        #expect(throws: InvalidTask.self) { try make(payload: Array("{".utf8)) }
        #expect(throws: InvalidTask.self) { try make(payload: [0x22, 0xFF, 0x22]) }
        #expect(throws: InvalidTask.self) { try make(priority: 101) }
        #expect(throws: InvalidTask.self) { try make(runAt: NewTask.latestRunAt + .seconds(1)) }
        #expect(throws: InvalidTask.self) {
            try make(payload: Array("\"\(String(repeating: "x", count: 65_535))\"".utf8))
        }
        #expect(throws: Never.self) { try make(payload: Array("\"\(String(repeating: "x", count: 65_534))\"".utf8)) }
    }
}

extension TestQueue {
    /// By the database's clock.
    func now() async throws -> Timestamp {
        Timestamp(try await log.pool.query(Self.now)[0].value(0, as: PostgresTimestamp.self))
    }

    private static let now = Statement("test.now", "select clock_timestamp()")
}
