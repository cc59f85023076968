import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

@Suite("A worker in another process than the dispatcher", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct RemoteWorkerTests {
    /// A dispatcher in one process, and the queue as another has it.
    private func with(
        _ configuration: QueueConfiguration = TestQueue.impatient,
        _ body: @escaping @Sendable (TestQueue, TestQueue) async throws -> Void
    ) async throws {
        try await TestQueue.with(configuration) { test in
            let other = test.other("other")
            try await test.running(other.queue) { try await body(test, other) }
        }
    }

    private func bound(_ test: TestQueue, amount: Int = 1) async throws -> [LeasedTask] {
        let demand = Turn.Demand(of: ["fire"], amount: amount, term: .seconds(3_600), endsWithProcess: true)
        return try await test.insist { try await test.queue.lease(demand, worker: "w", patience: .seconds(10)) }
    }

    @Test("leases, acknowledges, fails, withholds and extends as any other")
    func works() async throws {
        try await with { test, other in
            try await other.enqueue((0..<4).map { try NewTask.sample("w-\($0)", priority: Int16(-$0)) })
            let tasks = try await other.insist { try await other.lease(3, patience: .seconds(10)) }
            #expect(tasks.map(\.uniqueKey) == ["w-0", "w-1", "w-2"])
            #expect(tasks.map(\.payload).allSatisfy { $0 == #"{ "matter": "M-1" }"# })
            let grants = tasks.map(\.grant)
            #expect(try await other.queue.extend([grants[0]], for: .seconds(600)) == [grants[0]])
            #expect(try await other.queue.acknowledge([grants[0]]) == [grants[0]])
            #expect(try await other.queue.withhold([grants[1]], reason: "off duty") == [grants[1]])
            #expect(try await other.queue.fail([TaskFailure(grants[2], error: "no", .bury)]) == [grants[2]])
            #expect(try await other.queue.acknowledge([grants[1]]).isEmpty)
            #expect(try await other.queue.acknowledge([grants[0]], of: "fire") == [grants[0]])
            #expect(try await test.queue.deadLetters(limit: 9).map(\.error) == ["no"])
            #expect(try await test.steps().map(\.kind) == [.lease, .extend, .done, .withheld, .dead])
        }
    }

    @Test("says long things in several messages")
    func longTurns() async throws {
        try await with { test, other in
            try await test.enqueue((0..<500).map { try NewTask.sample("w-\($0)") })
            var grants: [Grant] = []
            while grants.count < 500 {
                grants += try await other.insist { try await other.lease(500, patience: .seconds(10)) }.map(\.grant)
            }
            // Each character takes six bytes on the way.
            let error = String(repeating: "\u{1}", count: 2_000)
            let failures = grants.prefix(40).map { TaskFailure($0, error: error, .bury) }
            #expect(try await other.queue.fail(failures).count == 40)
            #expect(try await other.queue.acknowledge(Array(grants.dropFirst(40))).count == 460)
            #expect(try await test.lease(9).isEmpty)
        }
    }

    @Test("waits for a task, and comes back empty when its patience ends or it is cancelled")
    func waits() async throws {
        try await with { test, other in
            async let task = other.leaseOne()
            try await test.enqueue(.sample("w"))
            #expect(try await task.uniqueKey == "w")
            #expect(try await other.lease(patience: .milliseconds(50)).isEmpty)
            let waiting = Task { try await other.lease(patience: .seconds(3_600)) }
            try await Task.sleep(for: .milliseconds(50))
            waiting.cancel()
            #expect(try await waiting.value.isEmpty)
            // Nobody waits for it any more: it is for others.
            try await test.enqueue(.sample("next"))
            #expect(try await test.leaseOne().uniqueKey == "next")
        }
    }

    @Test("that was cancelled is not told that what it said was heard")
    func cancelled() async throws {
        try await TestQueue.withoutDispatcher { test in
            let grant = Grant(task: TaskNumber(1), token: FencingToken(1))
            let saying = Task { try await test.queue.acknowledge([grant]) }
            try await Task.sleep(for: .milliseconds(20))
            saying.cancel()
            await #expect(throws: QueueError.self) { try await saying.value }
        }
    }

    @Test("that nobody waits for any more does not keep what it was given")
    func unclaimed() async throws {
        try await with { test, other in
            for number in 0..<40 {
                let waiting = Task { try await other.lease(patience: .seconds(3_600)) }
                async let numbers = test.enqueue(.sample("w-\(number)"))
                try await Task.sleep(for: .microseconds(100 * number))
                waiting.cancel()
                _ = try await numbers
                let tasks = try await waiting.value
                // Either it has the task or another gets it, long before the term.
                let rest = tasks.isEmpty ? [try await test.leaseOne()] : tasks
                #expect(rest.map(\.uniqueKey) == ["w-\(number)"])
                #expect(try await test.queue.acknowledge(rest.map(\.grant)).count == 1)
            }
        }
    }

    @Test("that falls silent loses what ends with it, long before the term")
    func silent() async throws {
        try await TestQueue.with(TestQueue.impatient(silenceLimit: .milliseconds(600))) { test in
            let other = test.other("other")
            try await test.enqueue(.sample("w"))
            let lost = try await test.running(other.queue) { try await bound(other) }
            let task = try await test.leaseOne()
            #expect(task.grant.task == lost.first?.grant.task)
            #expect(task.attempt >= 2)
            // Whoever takes over knows that the leases before are over.
            let over = try await test.steps().filter { $0.kind == .over }
            #expect(over.map(\.tasks) == Array(repeating: [task.grant.task.rawValue], count: Int(task.attempt) - 1))
        }
    }

    @Test("that lives keeps what ends with it, also over a change of dispatchers")
    func lives() async throws {
        // On a busy machine somebody who lives may say nothing for seconds.
        let silenceLimit = Duration.seconds(10)
        try await with(TestQueue.impatient(silenceLimit: silenceLimit)) { test, other in
            try await test.enqueue((0..<3).map { try NewTask.sample("w-\($0)") })
            let tasks = try await bound(other, amount: 2)
            for _ in 0..<3 {
                let epoch = try await test.epoch()
                try await test.endLeadersSession()
                try await test.eventually { try await test.epoch() > epoch }
                // Long enough to be lost, were it silent.
                try await Task.sleep(for: silenceLimit * 1.5)
            }
            let others = try await test.insist { try await test.lease(9) }
            let grants = tasks.map(\.grant)
            let accepted = try await other.insist { try await other.queue.acknowledge(grants) }
            #expect(others.map(\.uniqueKey) == ["w-2"])
            #expect(accepted == Set(grants))
        }
    }

    @Test("waits on, when the dispatcher changes or the line breaks")
    func waitsOn() async throws {
        try await with { test, other in
            for number in 0..<3 {
                async let task = other.insist { try await other.leaseOne() }
                try await Task.sleep(for: .milliseconds(50))
                if number == 1 { try await other.breakLines() } else { try await test.endLeadersSession() }
                try await test.enqueue(.sample("w-\(number)"))
                let grant = try await task.grant
                #expect(try await other.insist { try await other.queue.acknowledge([grant]) } == [grant])
            }
        }
    }

    @Test("waits on when its own process takes over")
    func leadsItself() async throws {
        try await TestQueue.withoutDispatcher { test in
            let other = test.other("other")
            let task = Task { try await test.insist { try await test.leaseOne() } }
            try await test.contending([other]) {
                try await test.eventually { other.queue.isLeading }
                try await Task.sleep(for: .milliseconds(50))
            }
            try await test.dispatching {
                try await test.enqueue(.sample("w"))
                #expect(try await task.value.uniqueKey == "w")
            }
        }
    }

    @Test("that says its turn again gets the same answer again, and nothing is leased twice")
    func saidAgain() async throws {
        try await TestQueue.with { test in
            try await test.enqueue((0..<2).map { try NewTask.sample("w-\($0)") })
            let line = try await Line(to: test, process: "by hand")
            let turn = line.turn(1)
            try await line.say(.turn(turn))
            let first = try await line.nextAnswer()
            try await line.say(.turn(turn))
            let second = try await line.nextAnswer()
            #expect(first.token > 0)
            #expect(second.token == first.token && second.tasks == first.tasks)
            #expect(try await test.steps().map(\.kind) == [.lease])
            await line.close()
        }
    }

    @Test("keeps a lease that it does not know of yet, and no other that it does not tell of")
    func holds() async throws {
        try await TestQueue.with { test in
            try await test.enqueue((0..<3).map { try NewTask.sample("w-\($0)") })
            let line = try await Line(to: test, process: "by hand")
            for id in 1...3 { try await line.say(.turn(line.turn(id))) }
            let tokens = [try await line.nextAnswer(), try await line.nextAnswer(), try await line.nextAnswer()]
                .map(\.token)
            let epoch = try await test.epoch()
            // What was said to another dispatcher is of no account.
            try await line.say(.holds(line.holding([], epoch: epoch - 1)))
            // The second answer has come, the third not yet; the first is lost, and nobody waits for it.
            try await line.say(.holds(line.holding([tokens[1]], awaited: [3], epoch: epoch)))
            try await test.eventually { try await test.steps().contains { $0.kind == .over } }
            #expect(try await test.leaseOne().uniqueKey == "w-0")
            #expect(try await test.steps().filter { $0.kind == .over }.map(\.lease) == [tokens[0]])
            try await line.say(.turn(line.turn(3)))
            #expect(try await line.nextAnswer().token == tokens[2])
            await line.close()
        }
    }

    @Test("hears of a dispatcher that did not hear for a moment, to say again what it said meanwhile")
    func deafDispatcher() async throws {
        try await TestQueue.with { test in
            let line = try await Line(to: test, process: "by hand")
            let before = try await line.nextLeading()
            try await test.breakLines()
            var after = before
            while after == before { after = try await line.nextLeading() }
            #expect(after > before)
            #expect(after.epoch == before.epoch)
            await line.close()
        }
    }

    @Test("sets limits and pauses")
    func limits() async throws {
        try await with { test, other in
            try await other.queue.setLimit(QueueLimit(concurrency: 2), for: .init(agency: "fire", kind: nil))
            // Whoever sees the tasks has seen the limit.
            try await other.enqueue((0..<5).map { try NewTask.sample("w-\($0)") }, isAnnounced: false)
            let tasks = try await test.lease(5, patience: .seconds(60))
            #expect(tasks.count == 2)
            try await other.queue.pause("fire", true)
            try await other.enqueue([.sample("p", agency: "police")], isAnnounced: false)
            #expect(try await test.leaseOne(of: "police").uniqueKey == "p")
            _ = try await test.queue.acknowledge(tasks.map(\.grant))
            #expect(try await test.lease(5).isEmpty)
            #expect(try await other.queue.limits().limit(of: "fire") == QueueLimit(concurrency: 2, isPaused: true))
            async let next = test.leaseOne()
            try await other.queue.pause("fire", false)
            #expect(try await next.uniqueKey == "w-2")
        }
    }
}

extension TestQueue {
    /// Ends the sessions by which all processes of this queue speak to each other.
    fileprivate func breakLines() async throws {
        try await log.pool.execute(Self.breakLines)
    }

    private static let breakLines = Statement(
        "test.break_lines",
        """
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where datname = current_database() and application_name like '% queue'
        """
    )
}

/// A process whose side of the conversation a test has by hand.
private struct Line {
    private let connection: Connection
    private let ears: Connection
    private let channels: QueueChannels
    private let heard = Noted<[QueueMessage]>([])
    let process: String

    init(to test: TestQueue, process: String) async throws {
        self.process = process
        channels = QueueChannels(schema: test.queue.connecting.searchPath ?? "")
        connection = try await Connection.connect(test.queue.connecting, logger: test.logger)
        ears = try await Connection.connect(test.queue.connecting, logger: test.logger)
        for channel in [channels.process(process), channels.all] { try await ears.listen(channel) }
        // What is said before a dispatcher hears is lost.
        _ = try await nextLeading()
    }

    /// Wants one task, which ends with the process.
    func turn(_ id: Int, patience: Duration = .seconds(60)) -> RemoteTurn {
        var turn = RemoteTurn(process: process, id: id, worker: "w", agency: nil)
        turn.demand = RemoteTurn.Demand(
            agencies: ["fire"],
            amounts: [1],
            amount: 1,
            term: Duration.seconds(3_600).wholeMicroseconds,
            isBound: true
        )
        turn.patience = patience.wholeMicroseconds
        return turn
    }

    func holding(_ tokens: [Int64], awaited: [Int] = [], epoch: Int64) -> RemoteHolding {
        RemoteHolding(process: process, epoch: epoch, tokens: tokens, awaited: awaited)
    }

    func say(_ message: QueueMessage) async throws {
        let payload = try #require(QueueMessage.payload(of: [message]).payload)
        try await connection.execute(QueueSQL.notify, channels.dispatcher, payload)
    }

    func nextAnswer() async throws -> RemoteAnswer {
        while true {
            if case .answer(let answer) = try await nextMessage() { return answer }
        }
    }

    func nextLeading() async throws -> Leading {
        while true {
            if case .leads(let leading) = try await nextMessage() { return leading }
        }
    }

    private func nextMessage() async throws -> QueueMessage {
        while heard.withLock(\.isEmpty) {
            let messages = QueueMessage.all(in: try await ears.nextNotification().payload)
            heard.withLock { $0 += messages }
        }
        return heard.withLock { $0.removeFirst() }
    }

    func close() async {
        await connection.close()
        await ears.close()
    }
}
