import EventSourcing
import Postgres
import Testing

@testable import TaskQueue

@Suite("A queue", .serialized, .timeLimit(.minutes(5)))
struct QueueTests {
    @Test("hands out what was enqueued, byte by byte")
    func handsOut() async throws {
        try await TestQueue.with { test in
            #expect(try await test.enqueue(.sample("w-1")) == 1)
            let task = try #require(try await test.lease().first)
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
                try await test.pool.transaction { connection in
                    _ = try await test.queue.enqueue([.sample("w-1")], in: connection)
                    throw Abort()
                }
            }
            let tasks = try await test.lease()
            #expect(tasks.isEmpty)
        }
    }

    @Test("enqueues a unique key once, also when its task has ended")
    func uniqueKeys() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w-1"))
            #expect(try await test.enqueue(.sample("w-1"), .sample("w-2")) == 1)
            let tasks = try await test.lease(10)
            #expect(tasks.map(\.uniqueKey) == ["w-1", "w-2"])
            _ = try await test.queue.acknowledge(tasks.map(\.grant))
            #expect(try await test.enqueue(.sample("w-1"), .sample("w-2")) == 0)
        }
    }

    @Test("gives two agencies a task each under the same key")
    func keyPerAgency() async throws {
        try await TestQueue.with { test in
            let added = try await test.enqueue(.sample("w-1"), .sample("w-1", agency: "police"))
            #expect(added == 2)
        }
    }

    @Test("takes the same keys from many transactions at once, each key once")
    func concurrentKeys() async throws {
        try await TestQueue.with { test in
            let added = try await withThrowingTaskGroup(of: Int.self) { group in
                for turn in 0..<8 {
                    group.addTask {
                        let keys = (0..<50).map { "w-\(turn.isMultiple(of: 2) ? $0 : 49 - $0)" }
                        return try await test.enqueue(keys.map { try NewTask.sample($0) })
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(added == 50)
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

    @Test("keeps a task back until its time", arguments: [Int64(3_600_000_000), 253_402_300_799_000_000])
    func runAt(later: Int64) async throws {
        try await TestQueue.with { test in
            let now = try #require(Timestamp(rfc3339: "2026-01-01T00:00:00Z"))
            try await test.enqueue(.sample("late", runAt: Timestamp(microseconds: now.microseconds * 2 + later)))
            #expect(try await test.lease().isEmpty)
            try await test.elapse()
            #expect(try await test.lease().count == 1)
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
            let tasks = try await test.queue.lease(
                [
                    Demand(agency: "fire", amount: 1), Demand(agency: "police", amount: 2),
                    Demand(agency: "none", amount: 5),
                ],
                for: .seconds(60),
                worker: "test"
            )
            #expect(tasks.count { $0.agency == "fire" } == 1)
            #expect(tasks.count { $0.agency == "police" } == 2)
        }
    }

    @Test("leases no task twice at once, and each task ends once", arguments: [1, 2, 3, 4] as [UInt64])
    func concurrency(seed: UInt64) async throws {
        print("seed \(seed)")
        try await TestQueue.with { test in
            let total = 120
            try await test.enqueue((0..<total).map { try NewTask.sample("w-\($0)", priority: Int16($0 % 3)) })
            let held = HeldTasks()
            try await withThrowingTaskGroup { group in
                for worker in 0..<8 {
                    group.addTask {
                        var random = SeededGenerator(seed: seed &* 100 + UInt64(worker))
                        while held.ended < total {
                            let tasks = try await test.lease(Int32.random(in: 1...7, using: &random))
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
        func make(agency: String = "fire", key: String = "k", payload: [UInt8] = Array("{}".utf8)) throws -> NewTask {
            try NewTask(agency: agency, kind: "whistle", uniqueKey: key, payload: payload)
        }
        #expect(throws: InvalidTask.self) { try make(agency: "") }
        #expect(throws: InvalidTask.self) { try make(key: String(repeating: "k", count: 201)) }
        #expect(throws: InvalidTask.self) { try make(key: "two\nlines") }
        #expect(throws: InvalidTask.self) { try make(payload: Array("{".utf8)) }
        #expect(throws: InvalidTask.self) { try make(payload: [0x22, 0xFF, 0x22]) }
        #expect(throws: InvalidTask.self) {
            try make(payload: Array("\"\(String(repeating: "x", count: 65_535))\"".utf8))
        }
        #expect(throws: Never.self) { try make(payload: Array("\"\(String(repeating: "x", count: 65_534))\"".utf8)) }
    }
}
