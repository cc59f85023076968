import EventSourcing
import Postgres
import Testing

@testable import TaskQueue

@Suite("A lease", .serialized, .timeLimit(.minutes(5)))
struct LeaseTests {
    @Test("keeps the task from others until it runs out")
    func keeps() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let first = try #require(try await test.lease().first)
            #expect(try await test.lease().isEmpty)
            try await test.elapse()
            let second = try #require(try await test.lease().first)
            #expect(second.grant.task == first.grant.task)
            #expect(second.grant.token > first.grant.token)
            #expect(second.attempt == 2)
        }
    }

    @Test("that was overtaken ends, fails, withholds and extends nothing")
    func stale() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let stale = try #require(try await test.lease().first).grant
            try await test.elapse()
            let current = try #require(try await test.lease().first).grant
            #expect(try await test.queue.acknowledge([stale]).isEmpty)
            #expect(try await test.queue.fail([TaskFailure(stale, error: "late")]).isEmpty)
            #expect(try await test.queue.withhold([stale], reason: "late").isEmpty)
            #expect(try await test.queue.extend([stale], for: .seconds(9)).isEmpty)
            #expect(try await test.queue.acknowledge([stale, current]) == [current])
        }
    }

    @Test("that ran out but was not overtaken may still end its task")
    func late() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease().first).grant
            try await test.elapse()
            #expect(try await test.queue.acknowledge([grant]) == [grant])
            #expect(try await test.lease().isEmpty)
        }
    }

    @Test("acknowledged twice is accepted twice, since an answer may be lost")
    func acknowledgedTwice() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease().first).grant
            #expect(try await test.queue.acknowledge([grant]) == [grant])
            #expect(try await test.queue.acknowledge([grant]) == [grant])
        }
    }

    @Test("is of one agency: others cannot end it")
    func otherAgency() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease().first).grant
            #expect(try await test.queue.acknowledge([grant], of: "police").isEmpty)
            #expect(try await test.queue.fail([TaskFailure(grant, error: "x")], of: "police").isEmpty)
            #expect(try await test.queue.extend([grant], for: .seconds(9), of: "police").isEmpty)
            #expect(try await test.queue.acknowledge([grant], of: "fire") == [grant])
        }
    }

    @Test("extended lasts longer and never shorter")
    func extended() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease(for: .seconds(60)).first).grant
            #expect(try await test.queue.extend([grant], for: .seconds(600)) == [grant])
            #expect(try await test.waitSeconds(of: grant.task) > 500)
            #expect(try await test.queue.extend([grant], for: .seconds(1)) == [grant])
            #expect(try await test.waitSeconds(of: grant.task) > 500)
        }
    }

    @Test("of a worker whose session was killed runs out like any other")
    func killedWorker() async throws {
        let kill = Statement("test.kill", "select pg_terminate_backend($1::integer)")
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let worker = try await Connection.connect(test.settings, logger: test.logger)
            let process = await worker.serverProcessID
            #expect(try await worker.query(QueueSQL.lease, ["fire"], [Int32(1)], Int32(30), 60.0, "doomed").count == 1)
            _ = try await test.pool.query(kill, process)
            #expect(try await test.lease().isEmpty)
            try await test.elapse()
            #expect(try await test.lease().first?.attempt == 2)
        }
    }

    @Test("waits for a task and gets it as soon as it is announced")
    func announced() async throws {
        var configuration = QueueConfiguration()
        configuration.pollInterval = .seconds(3_600)
        try await TestQueue.with(configuration) { test in
            try await withThrowingTaskGroup(of: [LeasedTask].self) { group in
                group.addTask {
                    try await test.queue.lease(
                        [Demand(agency: "fire", amount: 1)],
                        for: .seconds(60),
                        worker: "test",
                        patience: .seconds(50)
                    )
                }
                try await test.enqueue(.sample("w"))
                test.queue.wake(["fire"])
                #expect(try await group.next()?.map(\.uniqueKey) == ["w"])
            }
        }
    }

    @Test("waits for a task that another process enqueues, by polling")
    func polled() async throws {
        var configuration = QueueConfiguration()
        configuration.pollInterval = .milliseconds(10)
        try await TestQueue.with(configuration) { test in
            try await withThrowingTaskGroup(of: [LeasedTask].self) { group in
                group.addTask {
                    try await test.queue.lease(
                        [Demand(agency: "fire", amount: 1)],
                        for: .seconds(60),
                        worker: "test",
                        patience: .seconds(50)
                    )
                }
                try await test.enqueue(.sample("w"))
                #expect(try await group.next()?.count == 1)
            }
        }
    }

    @Test("comes back empty when its patience ends")
    func patience() async throws {
        try await TestQueue.with { test in
            let tasks = try await test.queue.lease(
                [Demand(agency: "fire", amount: 1)],
                for: .seconds(60),
                worker: "test",
                patience: .milliseconds(20)
            )
            #expect(tasks.isEmpty)
        }
    }

    @Test("ends its wait when it is cancelled")
    func cancelled() async throws {
        try await TestQueue.with { test in
            await withThrowingTaskGroup(of: [LeasedTask].self) { group in
                group.addTask {
                    try await test.queue.lease(
                        [Demand(agency: "fire", amount: 1)],
                        for: .seconds(60),
                        worker: "test",
                        patience: .seconds(3_600)
                    )
                }
                group.cancelAll()
                await #expect(throws: (any Error).self) { try await group.next() }
            }
        }
    }
}
