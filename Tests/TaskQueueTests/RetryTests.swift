import EventSourcing
import MusterTesting
import Testing

@testable import TaskQueue

@Suite("A task that failed", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct RetryTests {
    @Test("waits twice as long after each attempt, with jitter, up to a bound")
    func backoff() {
        let retries = QueueConfiguration.Retries()
        var random = SeededGenerator(seed: 7)
        var expected = 5.0
        for attempt in 1...40 {
            let wait = TaskFailure.Consequence.backOff.wait(after: Int32(attempt), retries, using: &random)
            #expect(wait >= .seconds(expected * 0.8) && wait <= .seconds(expected * 1.2))
            expected = min(900, expected * 2)
        }
    }

    @Test("waits as long as it is told")
    func retryAfter() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try await test.leaseOne().grant
            _ = try await test.queue.fail([TaskFailure(grant, error: "busy", .retry(after: .seconds(77)))])
            let retry = try #require(try await test.steps().last)
            #expect((retry.until ?? 0) - retry.at == 77_000_000)
            #expect(try await test.lease().isEmpty)
        }
    }

    @Test("is handed out again after its wait")
    func again() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let first = try await test.leaseOne()
            #expect(try await test.queue.fail([TaskFailure(first.grant, error: "no answer")]) == [first.grant])
            let second = try await test.leaseOne()
            #expect(second.attempt == 2)
            #expect(second.grant.task == first.grant.task)
        }
    }

    @Test("becomes a dead letter when its attempts are used up")
    func attempts() async throws {
        var configuration = TestQueue.impatient
        configuration.retries.attempts = 2
        try await TestQueue.with(configuration) { test in
            try await test.enqueue(.sample("w"))
            for _ in 1...2 {
                let grant = try await test.leaseOne().grant
                _ = try await test.queue.fail([TaskFailure(grant, error: "status 500", .retry(after: .zero))])
            }
            #expect(try await test.lease().isEmpty)
            let letter = try #require(try await test.queue.deadLetters(limit: 10).first)
            #expect(letter.uniqueKey == "w")
            #expect(letter.error == "status 500")
            #expect(letter.attempts == 2)
        }
    }

    @Test("has the attempts and waits of its kind")
    func kinds() async throws {
        var configuration = TestQueue.impatient
        configuration.retriesOfKind["once"] = QueueConfiguration.Retries()
        configuration.retriesOfKind["once"]?.attempts = 1
        try await TestQueue.with(configuration) { test in
            try await test.enqueue(.sample("a", kind: "once"), .sample("b"))
            let tasks = [try await test.leaseOne(), try await test.leaseOne()]
            _ = try await test.queue.fail(tasks.map { TaskFailure($0.grant, error: "no") })
            #expect(try await test.queue.deadLetters(limit: 10).map(\.uniqueKey) == ["a"])
            #expect(try await test.leaseOne().uniqueKey == "b")
        }
    }

    @Test("becomes a dead letter when every worker died with it")
    func usedUp() async throws {
        var configuration = TestQueue.impatient
        configuration.retries.attempts = 2
        try await TestQueue.with(configuration) { test in
            try await test.enqueue(.sample("w"))
            for _ in 1...2 { _ = try await test.leaseOne(for: .milliseconds(1)) }
            try await test.eventually { try await !test.queue.deadLetters(limit: 1).isEmpty }
            let letters = try await test.queue.deadLetters(limit: 10)
            #expect(letters.map(\.error) == ["no worker came to an end with it"])
        }
    }

    @Test("through no fault of its own stands where it stood, and has all its attempts")
    func givenBack() async throws {
        var configuration = TestQueue.impatient
        configuration.retries.attempts = 2
        try await TestQueue.with(configuration) { test in
            try await test.enqueue(.sample("a"), .sample("b"))
            for _ in 1...5 {
                let task = try await test.leaseOne()
                #expect(task.uniqueKey == "a" && task.attempt == 1)
                _ = try await test.queue.fail([TaskFailure(task.grant, error: "down", .giveBack(after: .zero))])
            }
            // Another dispatcher reads it from the tables.
            try await test.endLeadersSession()
            let tasks = try await test.insist { try await test.lease(2, patience: .seconds(60)) }
            #expect(tasks.map(\.uniqueKey) == ["a", "b"])
            #expect(tasks.map(\.attempt) == [1, 1])
            #expect(try await test.queue.deadLetters(limit: 1).isEmpty)
        }
    }

    @Test("through no fault of its own may be told to wait, also by another process", arguments: [0, 77_000_000, .max])
    func givenBackForLater(microseconds: Int64) async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let other = test.other("second")
            try await test.running(other.queue) {
                let grant = try await test.insist { try await other.leaseOne() }.grant
                let failure = TaskFailure(grant, error: "down", .giveBack(after: .microseconds(microseconds)))
                _ = try await test.insist { try await other.queue.fail([failure]) }
            }
            let step = try #require(try await test.steps().last { $0.kind == .back })
            let wait = (step.until ?? 0) - step.at
            if microseconds == .max {
                #expect(step.until == NewTask.latestRunAt.microseconds)
            } else {
                #expect(microseconds == 0 ? wait <= 0 : wait == microseconds)
            }
            if microseconds > 0 { #expect(try await test.lease().isEmpty) }
        }
    }

    @Test("is given up at once when trying again cannot help")
    func buried() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try await test.leaseOne().grant
            _ = try await test.queue.fail([TaskFailure(grant, error: "gone", .bury)])
            #expect(try await test.queue.deadLetters(limit: 10).count == 1)
        }
    }

    @Test("is sent again from the dead letters with all its attempts, under a newer token")
    func resent() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let first = try await test.leaseOne().grant
            _ = try await test.queue.fail([TaskFailure(first, error: "gone", .bury)])
            // While it is a dead letter its key is taken.
            try await test.enqueue(.sample("w"))
            #expect(try await test.lease(patience: .milliseconds(50)).isEmpty)
            #expect(try await test.queue.resend([first.task]).count == 1)
            #expect(try await test.queue.resend([first.task]).isEmpty)
            let again = try await test.leaseOne()
            #expect(again.attempt == 1)
            #expect(again.uniqueKey == "w")
            #expect(again.grant.token > first.token)
            #expect(try await test.queue.acknowledge([first]).isEmpty)
            #expect(try await test.queue.deadLetters(limit: 10).isEmpty)
        }
    }

    @Test("can be mended before it is sent again")
    func mended() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try await test.leaseOne().grant
            _ = try await test.queue.fail([TaskFailure(grant, error: "what is M-1?", .bury)])
            await #expect(throws: InvalidTask.self) {
                try await test.queue.resend([grant.task], payload: Array("{".utf8))
            }
            _ = try await test.queue.resend([grant.task], payload: Array(#"{"matter":"M-2"}"#.utf8))
            #expect(try await test.leaseOne().payload == #"{"matter":"M-2"}"#)
        }
    }

    @Test("keeps its error cut to a bound and without NUL")
    func longError() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try await test.leaseOne().grant
            let error = "\0" + String(repeating: "错", count: 1_000)
            _ = try await test.queue.fail([TaskFailure(grant, error: error, .bury)])
            let letter = try #require(try await test.queue.deadLetters(limit: 1).first)
            #expect(letter.error == String(repeating: "错", count: 166))
        }
    }
}
