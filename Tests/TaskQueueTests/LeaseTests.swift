import EventSourcing
import MusterTesting
import Testing

@testable import TaskQueue

@Suite("A lease", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct LeaseTests {
    @Test("keeps the task from others")
    func keeps() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            _ = try await test.leaseOne()
            let tasks = try await test.lease()
            #expect(tasks.isEmpty)
        }
    }

    @Test("that has run out lets another have the task, one attempt further")
    func runsOut() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let first = try await test.leaseOne(for: .milliseconds(1))
            let second = try await test.leaseOne()
            #expect(second.grant.task == first.grant.task)
            #expect(second.grant.token > first.grant.token)
            #expect(second.attempt == 2)
        }
    }

    @Test("that was overtaken ends, fails, withholds and extends nothing")
    func stale() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let stale = try await test.leaseOne(for: .milliseconds(1)).grant
            let current = try await test.leaseOne().grant
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
            let grant = try await test.leaseOne(for: .milliseconds(1)).grant
            try await Task.sleep(for: .milliseconds(50))
            #expect(try await test.queue.acknowledge([grant]) == [grant])
            #expect(try await test.lease().isEmpty)
        }
    }

    @Test("acknowledged twice is accepted twice, since an answer may be lost")
    func acknowledgedTwice() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try await test.leaseOne().grant
            #expect(try await test.queue.acknowledge([grant]) == [grant])
            #expect(try await test.queue.acknowledge([grant]) == [grant])
        }
    }

    @Test("is of one agency: others cannot end it")
    func otherAgency() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try await test.leaseOne().grant
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
            let grant = try await test.leaseOne(for: .seconds(60)).grant
            #expect(try await test.queue.extend([grant], for: .seconds(600)) == [grant])
            #expect(try await test.queue.extend([grant], for: .seconds(1)) == [grant])
            let extensions = try await test.steps().filter { $0.kind == .extend }
            #expect(extensions.count == 1)
            #expect(extensions.allSatisfy { ($0.until ?? 0) - $0.at == 600_000_000 })
        }
    }

    @Test("waits for a task and gets it as soon as it is announced")
    func announced() async throws {
        var configuration = TestQueue.impatient
        configuration.pollInterval = .seconds(3_600)
        try await TestQueue.with(configuration) { test in
            async let task = test.leaseOne()
            try await test.enqueue(.sample("w"))
            #expect(try await task.uniqueKey == "w")
        }
    }

    @Test("waits for a task that nobody announced, by looking")
    func looked() async throws {
        try await TestQueue.with { test in
            async let task = test.leaseOne()
            try await test.enqueue([.sample("w")], isAnnounced: false)
            #expect(try await task.uniqueKey == "w")
        }
    }

    @Test("comes back empty when its patience ends")
    func patience() async throws {
        try await TestQueue.with { test in
            let tasks = try await test.lease(patience: .milliseconds(20))
            #expect(tasks.isEmpty)
        }
    }

    @Test("comes back empty when the worker is cancelled")
    func cancelled() async throws {
        try await TestQueue.with { test in
            let waiting = Task { try await test.lease(patience: .seconds(3_600)) }
            waiting.cancel()
            let tasks = try await waiting.value
            #expect(tasks.isEmpty)
        }
    }
}
