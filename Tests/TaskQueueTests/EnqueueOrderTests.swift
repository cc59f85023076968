import EventSourcing
import MusterTesting
import Postgres
import Synchronization
import Testing

@testable import TaskQueue

@Suite("Enqueuers", .testDatabase, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct EnqueueOrderTests {
    @Test("that commit late are waited for, also when their transaction is younger than what is seen")
    func youngerTransaction() async throws {
        try await TestQueue.with { test in
            // The other one's transaction has a higher number and its task a lower one.
            let other = Noted<HeldTransaction?>(nil)
            let seen = try await test.holding([.sample("seen")]) {
                let held = try await test.holding([.sample("late")])
                other.withLock { $0 = held }
            }
            try await seen.commit()
            #expect(try await test.leaseOne().uniqueKey == "seen")
            // By then a dispatcher has looked for the gap several times.
            try await Task.sleep(for: test.queue.configuration.pollInterval * 5)
            try await #require(other.withLock { $0 }).commit()
            #expect(try await test.leaseOne().uniqueKey == "late")
        }
    }

    @Test("that roll back hold nobody up")
    func rollBack() async throws {
        try await TestQueue.with { test in
            let held = try await test.holding([.sample("gone")])
            try await test.enqueue([.sample("w")], isAnnounced: false)
            #expect(try await test.leaseOne().uniqueKey == "w")
            try await held.rollBack()
            try await test.enqueue([.sample("w-2")], isAnnounced: false)
            #expect(try await test.leaseOne().uniqueKey == "w-2")
            #expect(try await test.lease(patience: .milliseconds(100)).isEmpty)
        }
    }

    @Test("that were under way when a dispatcher took over are waited for")
    func underWay() async throws {
        try await TestQueue.withoutDispatcher { test in
            let held = try await test.holding([.sample("late")])
            try await test.enqueue(.sample("seen"))
            try await test.dispatching {
                #expect(try await test.leaseOne().uniqueKey == "seen")
                try await held.commit()
                #expect(try await test.leaseOne().uniqueKey == "late")
            }
        }
    }

    @Test("of several processes get each committed task handed out once, in whichever order they commit")
    func interleavings() async throws {
        try await Rounds.run("enqueuers", share: 0.1) { seed in
            try await TestQueue.with { try await Self.interleave($0, seed) }
        }
    }

    private static func interleave(_ test: TestQueue, _ seed: UInt64) async throws {
        var expected: Set<String> = []
        try await withThrowingTaskGroup(of: Set<String>.self) { group in
            for (number, process) in [test, test.other("second"), test.other("third")].enumerated() {
                group.addTask { try await enqueue(in: process, "\(number)", seed &+ UInt64(number)) }
            }
            for try await committed in group { expected.formUnion(committed) }
        }
        var keys: [String] = []
        while keys.count < expected.count {
            let tasks = try await test.lease(100, patience: .seconds(60))
            keys += tasks.map(\.uniqueKey)
            _ = try await test.queue.acknowledge(tasks.map(\.grant))
        }
        keys += try await test.lease(100, patience: .milliseconds(200)).map(\.uniqueKey)
        #expect(keys.count == expected.count && Set(keys) == expected)
    }

    /// - Returns: the keys of what was committed.
    private static func enqueue(in process: TestQueue, _ name: String, _ seed: UInt64) async throws -> Set<String> {
        var random = SeededGenerator(seed: seed)
        var committed: Set<String> = []
        for batch in 0..<40 {
            let size = Int.random(in: 1...5, using: &random)
            // One that all processes want.
            let shared = "k-\(Int.random(in: 0..<30, using: &random))"
            let keys = (0..<size).map { "\(name)-\(batch)-\($0)" } + [shared]
            let held = try await process.holding(keys.map { try NewTask.sample($0) })
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...30, using: &random)))
            if Int.random(in: 0..<4, using: &random) == 0 {
                try await held.rollBack()
            } else {
                try await held.commit()
                committed.formUnion(keys)
            }
        }
        return committed
    }
}
