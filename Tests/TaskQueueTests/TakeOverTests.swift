import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Synchronization
import Testing

@testable import TaskQueue

@Suite("A dispatcher that takes over", .testDatabase, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct TakeOverTests {
    @Test("goes on with what is with workers, and refuses what was overtaken")
    func goesOn() async throws {
        try await TestQueue.with { test in
            let second = test.other("second")
            try await test.contending([second]) {
                try await test.enqueue((0..<10).map { try NewTask.sample("w-\($0)") })
                let stale = try await test.leaseOne(for: .milliseconds(1))
                let tasks = try await test.lease(5)
                #expect(tasks.count == 5)
                _ = try await test.queue.acknowledge([tasks[0].grant])
                let failure = TaskFailure(tasks[1].grant, error: "busy", .retry(after: .seconds(3_600)))
                _ = try await test.queue.fail([failure])
                let epoch = try await test.epoch()
                try await test.endLeadersSession()
                try await test.eventually { try await test.epoch() > epoch }
                let rest = tasks.dropFirst(2).map(\.grant)
                #expect(try await test.insist { try await test.queue.acknowledge(rest) } == Set(rest))
                let again = try await test.insist { try await test.queue.acknowledge([tasks[0].grant]) }
                #expect(again == [tasks[0].grant])
                #expect(try await test.insist { try await test.queue.acknowledge([tasks[1].grant]) }.isEmpty)
                // The stale one is in the answer: some of the five may be it, under a newer token.
                #expect(try await test.insist { try await test.queue.acknowledge([stale.grant]) }.isEmpty)
                let last = try await test.insist { try await test.lease(10, patience: .milliseconds(50)) }
                #expect(last.count == 5)
                #expect(Set(last.map(\.grant.task)).isDisjoint(with: tasks.map(\.grant.task)))
            }
        }
    }

    @Test("keeps its session used while it reads the tables, however slow each sign of life is, and stops with it")
    func keepsItsSessionUsed() async throws {
        try await TestQueue.withoutDispatcher { test in
            let opened = try await DispatchSession.open(
                test.log.connecting,
                process: "first",
                leadership: Leadership(of: "task_queue", silenceLimit: .seconds(60)),
                logger: test.logger
            )
            let (session, _, _) = try #require(opened)
            let isReading = Noted(true)
            let read = Signal()
            try await withThrowingTaskGroup { group in
                group.addTask {
                    // A sign takes longer than the time between two.
                    try await session.keepUsed(every: .nanoseconds(1), until: read) { isReading.withLock(\.self) }
                }
                try await Task.sleep(for: .milliseconds(20))
                isReading.withLock { $0 = false }
                read.set()
                for try await _ in group {}
            }
            await session.connection.close()
        }
    }

    @Test("answers every worker, whenever the session of the one before ends")
    func answersAll() async throws {
        try await Rounds.run("dispatchers that lose their sessions", share: 0.3) { seed in
            try await TestQueue.with { test in try await Self.loseSessions(test, seed) }
        }
    }

    private static func loseSessions(_ test: TestQueue, _ seed: UInt64) async throws {
        let total = 300
        let (second, worker) = (test.other("second"), test.other("worker"))
        // Under which lease each was.
        let ended = Noted<[TaskNumber: FencingToken]>([:])
        let twice = Noted<[TaskNumber]>([])
        try await test.contending([second]) {
            try await test.running(worker.queue) {
                try await test.enqueue((0..<total).map { try NewTask.sample("w-\($0)") })
                try await withThrowingTaskGroup { group in
                    for (number, process) in [test, second, worker, worker].enumerated() {
                        group.addTask {
                            var random = SeededGenerator(seed: seed &+ UInt64(number))
                            while ended.withLock({ $0.count }) < total {
                                let amount = Int.random(in: 1...4, using: &random)
                                let tasks = try await test.insist {
                                    let patience = Duration.milliseconds(20)
                                    return try await process.lease(amount, for: .milliseconds(400), patience: patience)
                                }
                                let grants = tasks.map(\.grant)
                                // An older lease may be heard of after the end.
                                let again = ended.withLock { ended in
                                    grants.filter { grant in ended[grant.task].map { $0 <= grant.token } ?? false }
                                }
                                twice.withLock { $0 += again.map(\.task) }
                                let accepted = try await test.insist { try await process.queue.acknowledge(grants) }
                                ended.withLock { for grant in accepted { $0[grant.task] = grant.token } }
                            }
                        }
                    }
                    group.addTask {
                        var random = SeededGenerator(seed: seed &+ 99)
                        while ended.withLock({ $0.count }) < total {
                            try await Task.sleep(for: .milliseconds(Int.random(in: 10...300, using: &random)))
                            try await test.endLeadersSession()
                        }
                    }
                    for try await _ in group {}
                }
            }
        }
        #expect(twice.withLock { $0 }.isEmpty)
        #expect(try await test.steps().filter { $0.kind == .done }.flatMap(\.tasks).count == total)
    }

    @Test("ends the session of one that stands still, whose writing is undone")
    func deposes() async throws {
        try await TestQueue.with(TestQueue.impatient(silenceLimit: .milliseconds(600))) { test in
            let second = test.other("second")
            try await test.enqueue(.sample("w"))
            try await test.contending([second]) {
                // The leader's writing waits for the table.
                let refusal = try await test.locking("task_steps", in: "share") {
                    let epoch = try await test.epoch()
                    async let lease = test.lease(patience: .zero)
                    // Whichever of the two leads next.
                    try await test.eventually { try await test.epoch() > epoch }
                    do {
                        _ = try await lease
                        return nil as QueueError?
                    } catch let error as QueueError {
                        return error
                    }
                }
                #expect(refusal != nil)
                let task = try await test.insist { try await second.leaseOne() }
                #expect(task.attempt == 1)
                #expect(try await test.steps().filter { $0.kind == .lease }.count == 1)
            }
        }
    }

    @Test("is alone: a session that was deposed writes nothing more")
    func fenced() async throws {
        try await TestQueue.withoutDispatcher { test in
            func open(_ process: String) async throws -> DispatchSession? {
                try await DispatchSession.open(
                    test.queue.connecting,
                    process: process,
                    leadership: Leadership(of: "task_queue", silenceLimit: .zero),
                    logger: test.logger
                )?.session
            }
            let zombie = try #require(try await open("zombie"))
            var heir = try await open("heir")
            #expect(heir == nil)
            while heir == nil { heir = try await open("heir") }
            let step = Step(number: 1, segment: 1, kind: .done, lease: 0, tasks: [1], at: 0)
            await #expect(throws: PostgresError.self) { try await zombie.write([step], []) }
            #expect(try await test.steps().isEmpty)
            let leader = try #require(heir)
            #expect(leader.epoch == zombie.epoch + 1)
            try await leader.write([step], [])
            #expect(try await test.steps().count == 1)
            await leader.connection.close()
            await zombie.connection.close()
        }
    }

    @Test("is not contradicted by the one before, which does not know of it yet")
    func refusesNothingUnproven() async throws {
        var configuration = TestQueue.impatient
        // It does not use its session by itself.
        configuration.pollInterval = .seconds(3_600)
        configuration.keepingInterval = .seconds(3_600)
        try await TestQueue.with(configuration) { test in
            let heir = test.other("heir")
            // Its first look is behind it then.
            try await test.enqueue(.sample("first"))
            _ = try await test.leaseOne()
            try await test.endLeadersSession()
            try await test.running(heir.queue) {
                try await heir.dispatching {
                    try await heir.enqueue(.sample("w"))
                    let task = try await heir.leaseOne()
                    // Most times it still takes itself for the leader here; on a slow machine it may have heard of the heir.
                    let accepted = try await test.insist { try await test.queue.acknowledge([task.grant]) }
                    #expect(accepted == [task.grant])
                }
            }
        }
    }

    @Test("may take longer to read the tables than a leader may stand still")
    func readsLong() async throws {
        // On a busy machine the one who reads may use its session seconds late.
        let silenceLimit = Duration.seconds(10)
        try await TestQueue.withoutDispatcher(TestQueue.impatient(silenceLimit: silenceLimit)) { test in
            try await test.enqueue(.sample("w"))
            // Nothing but the end of the lock ends the reading.
            var connecting = test.log.connecting
            connecting.lockTimeout = .seconds(600)
            connecting.statementTimeout = .seconds(600)
            connecting.callTimeout = .seconds(600)
            let pool = ConnectionPool(
                configuration: connecting,
                size: 4,
                waitLimit: 256,
                waitTimeout: .seconds(60),
                logger: test.logger
            )
            let (one, other) = (test.other("one", reading: pool), test.other("other", reading: pool))
            let epoch = try await test.epoch()
            try await test.locking("queue_limits", in: "access exclusive") {
                try await test.contending([one, other]) {
                    try await test.eventually { try await test.epoch() > epoch }
                    // Longer than it may.
                    try await Task.sleep(for: silenceLimit * 1.5)
                    #expect(try await test.epoch() == epoch + 1)
                }
            }
            await pool.close()
        }
    }

    @Test("keeps limits exact")
    func limits() async throws {
        try await TestQueue.with { test in
            let rate = Rate(tasks: 1, seconds: 3_600, burst: 3)
            try await test.queue.setLimit(QueueLimit(rate: rate), for: .init(agency: "police", kind: nil))
            try await test.queue.setLimit(QueueLimit(concurrency: 2), for: .init(agency: "fire", kind: nil))
            try await test.enqueue(
                (0..<9).flatMap { [try NewTask.sample("w-\($0)"), try NewTask.sample("w-\($0)", agency: "police")] },
                isAnnounced: false
            )
            let fire = try await test.lease(9, patience: .seconds(60))
            let police = try await test.lease(9, of: "police")
            #expect(fire.count == 2)
            #expect(police.count == 3)
            let epoch = try await test.epoch()
            try await test.endLeadersSession()
            try await test.eventually { try await test.epoch() > epoch }
            let more = try await test.insist { try await test.lease(9) + test.lease(9, of: "police") }
            #expect(more.isEmpty)
            _ = try await test.insist { try await test.queue.acknowledge(fire.map(\.grant)) }
            let next = try await test.insist { try await test.lease(9) }
            #expect(next.count == 2)
        }
    }

    @Test("keeps the keys of what was handed out, also against an older task that was not seen before")
    func keys() async throws {
        try await TestQueue.withoutDispatcher { test in
            // The first takes the lower number and commits after the takeover.
            let older = try await test.holding([.sample("w")])
            try await test.enqueue(.sample("w"))
            let leased = try await test.dispatching { try await test.leaseOne() }
            try await older.commit()
            try await test.dispatching {
                let others = try await test.lease(9, patience: .milliseconds(300))
                #expect(others.isEmpty)
                let accepted = try await test.queue.acknowledge([leased.grant])
                #expect(accepted == [leased.grant])
                let more = try await test.lease(9, patience: .milliseconds(300))
                #expect(more.isEmpty)
            }
        }
    }

    @Test("of an old and empty queue finds the next task")
    func highNumbers() async throws {
        try await TestQueue.withoutDispatcher { test in
            try await test.log.pool.withConnection {
                try await $0.script("select setval('task_numbers', 5000000000)")
            }
            try await test.dispatching {
                try await test.enqueue([.sample("w")], isAnnounced: false)
                #expect(try await test.leaseOne().uniqueKey == "w")
            }
        }
    }
}
