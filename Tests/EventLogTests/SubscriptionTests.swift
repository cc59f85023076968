import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@Suite(.testDatabase)
struct SubscriptionTests {
    /// Polling alone would never be in time for these tests.
    private static var withoutPolling: LogConfiguration {
        var configuration = LogConfiguration()
        configuration.pollInterval = .seconds(3_600)
        return configuration
    }

    @Test(.timeLimit(.minutes(20)), arguments: [0, 1, 57, 100])
    func `A subscription delivers everything after any position, then what comes`(start: Int64) async throws {
        try await TestDatabase.current.withLog("from-\(start)") { log in
            try await Self.append(100, to: log)
            async let received = Self.take(150 - Int(start), from: log.subscribe(from: Position(start), batchLimit: 7))
            try await Self.append(50, to: log)
            #expect(try await received == Array(start + 1...150))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Subscriptions at different places follow one log`() async throws {
        try await TestDatabase.current.withLog("two", configuration: Self.withoutPolling) { log in
            async let all = Self.take(300, from: log.subscribe(from: .origin))
            async let late = Self.take(100, from: log.subscribe(from: Position(200)))
            try await Self.append(300, to: log)
            #expect(try await all == Array(1...300))
            #expect(try await late == Array(201...300))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A slow subscriber catches up from the database when memory holds no more`() async throws {
        var configuration = Self.withoutPolling
        configuration.ringEventLimit = 10
        try await TestDatabase.current.withLog("slow", configuration: configuration) { log in
            var iterator = log.subscribe(from: .origin, batchLimit: 5).makeAsyncIterator()
            try await Self.append(1, to: log)
            #expect(try await iterator.next()?.count == 1)
            try await Self.append(200, to: log)
            var positions: [Int64] = []
            while positions.count < 200, let events = try await iterator.next() {
                positions += events.map(\.position.rawValue)
            }
            #expect(positions == Array(2...201))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `An event of another process arrives without waiting for a poll`() async throws {
        let database = try TestDatabase.current
        try await database.withLog("other", configuration: Self.withoutPolling) { reader in
            try await database.withLog("other", configuration: Self.withoutPolling) { writer in
                async let received = Self.take(20, from: reader.subscribe(from: .origin))
                // Until the reader listens for sure, nobody knows whether it was told: keep appending.
                try await Self.append(20, to: writer)
                #expect(try await received == Array(1...20))
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A subscription ends when its task is cancelled`() async throws {
        try await TestDatabase.current.withLog("end") { log in
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    var count = 0
                    for try await events in log.subscribe(from: .origin) { count += events.count }
                    return count
                }
                try await Self.append(1, to: log)
                group.cancelAll()
                return try await group.next() ?? -1
            }
            #expect(count >= 0)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A checkpoint moves with the transaction of its reader or not at all`() async throws {
        struct Failure: Error {}
        try await TestDatabase.current.withLog("check") { log in
            #expect(try await log.checkpoint("reader") == .origin)
            try await log.pool.transaction { try await Log.setCheckpoint("reader", Position(7), on: $0) }
            #expect(try await log.checkpoint("reader") == Position(7))
            await #expect(throws: Failure.self) {
                try await log.pool.transaction { connection in
                    try await Log.setCheckpoint("reader", Position(9), on: connection)
                    throw Failure()
                }
            }
            #expect(try await log.checkpoint("reader") == Position(7))
        }
    }

    private static func append(_ count: Int, to log: Log) async throws {
        for number in 0..<count {
            _ = try await log.append(Samples.append(Samples.write(Samples.stream("s-\(number % 5)"))))
        }
    }

    private static func take(_ count: Int, from subscription: Subscription) async throws -> [Int64] {
        var positions: [Int64] = []
        for try await events in subscription {
            #expect(!events.isEmpty)
            positions += events.map(\.position.rawValue)
            if positions.count >= count { break }
        }
        return positions
    }
}
