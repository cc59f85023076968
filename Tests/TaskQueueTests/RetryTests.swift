import EventSourcing
import Testing

@testable import TaskQueue

@Suite("A task that failed", .serialized, .timeLimit(.minutes(5)))
struct RetryTests {
    @Test("waits twice as long after each attempt, with jitter, up to a bound")
    func backoff() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            var expected = 5.0
            for _ in 1...10 {
                let grant = try #require(try await test.lease().first).grant
                #expect(try await test.queue.fail([TaskFailure(grant, error: "no answer")]) == [grant])
                let wait = try await test.waitSeconds(of: grant.task)
                #expect(wait > expected * 0.75 && wait <= expected * 1.2)
                expected = min(900, expected * 2)
                try await test.elapse()
            }
        }
    }

    @Test("waits as long as it is told")
    func retryAfter() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease().first).grant
            _ = try await test.queue.fail([TaskFailure(grant, error: "busy", .retry(after: .seconds(77)))])
            let wait = try await test.waitSeconds(of: grant.task)
            #expect(wait > 70 && wait <= 77)
        }
    }

    @Test("becomes a dead letter when its attempts are used up")
    func attempts() async throws {
        var configuration = QueueConfiguration()
        configuration.attempts = 2
        try await TestQueue.with(configuration) { test in
            try await test.enqueue(.sample("w"))
            for _ in 1...2 {
                let grant = try #require(try await test.lease().first).grant
                _ = try await test.queue.fail([TaskFailure(grant, error: "status 500", .retry(after: .zero))])
            }
            #expect(try await test.lease().isEmpty)
            let letter = try #require(try await test.queue.deadLetters(limit: 10).first)
            #expect(letter.uniqueKey == "w")
            #expect(letter.error == "status 500")
            #expect(letter.attempts == 2)
        }
    }

    @Test("becomes a dead letter when every worker died with it")
    func usedUp() async throws {
        var configuration = QueueConfiguration()
        configuration.attempts = 2
        try await TestQueue.with(configuration) { test in
            try await test.enqueue(.sample("w"))
            for _ in 1...2 {
                #expect(try await test.lease().count == 1)
                try await test.elapse()
            }
            #expect(try await test.lease().isEmpty)
            #expect(try await test.queue.buryUsedUp() == 1)
            #expect(try await test.queue.deadLetters(limit: 10).map(\.error) == ["no worker came to an end with it"])
        }
    }

    @Test("is given up at once when trying again cannot help")
    func buried() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease().first).grant
            _ = try await test.queue.fail([TaskFailure(grant, error: "gone", .bury)])
            #expect(try await test.queue.deadLetters(limit: 10).count == 1)
        }
    }

    @Test("is sent again from the dead letters with all its attempts, under a newer token")
    func resent() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let first = try #require(try await test.lease().first).grant
            _ = try await test.queue.fail([TaskFailure(first, error: "gone", .bury)])
            #expect(try await test.queue.resend([first.task]) == 1)
            #expect(try await test.queue.resend([first.task]) == 0)
            let again = try #require(try await test.lease().first)
            #expect(again.attempt == 1)
            #expect(again.grant.token > first.token)
            #expect(try await test.queue.acknowledge([first]).isEmpty)
        }
    }

    @Test("keeps its error cut to a bound and without NUL")
    func longError() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("w"))
            let grant = try #require(try await test.lease().first).grant
            let error = "\0" + String(repeating: "错", count: 1_000)
            _ = try await test.queue.fail([TaskFailure(grant, error: error, .bury)])
            let letter = try #require(try await test.queue.deadLetters(limit: 1).first)
            #expect(letter.error == String(repeating: "错", count: 166))
        }
    }

    @Test("is counted where it stands")
    func counted() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("1"), .sample("2"), .sample("3"), .sample("1", agency: "police"))
            let grants = try await test.lease(2).map(\.grant)
            _ = try await test.queue.fail([TaskFailure(grants[0], error: "gone", .bury)])
            let counts = try await test.queue.counts()
            #expect(counts.map(\.agency) == ["fire", "police"])
            #expect(counts.map(\.waiting) == [1, 1])
            #expect(counts.map(\.leased) == [1, 0])
            #expect(counts.map(\.dead) == [1, 0])
        }
    }

    @Test("that ended long ago is pruned, a dead letter never")
    func pruned() async throws {
        try await TestQueue.with { test in
            try await test.enqueue(.sample("1"), .sample("2"), .sample("3"))
            let grants = try await test.lease(3).map(\.grant)
            _ = try await test.queue.acknowledge([grants[0]])
            _ = try await test.queue.withhold([grants[1]], reason: "a drill")
            _ = try await test.queue.fail([TaskFailure(grants[2], error: "gone", .bury)])
            #expect(try await test.queue.prune() == 0)
            try await test.age()
            #expect(try await test.queue.prune() == 2)
            #expect(try await test.queue.deadLetters(limit: 9).count == 1)
        }
    }
}
