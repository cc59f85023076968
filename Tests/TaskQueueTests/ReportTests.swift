import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

@Suite("A report", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct ReportTests {
    @Test("sums up the kinds of an agency, and tells its pace by twelfths of the hour")
    func agencies() async throws {
        try await TestQueue.with { test in
            try await test.log.pool.execute(Self.count, "fire", "whistle", 7.0, Int64(5))
            try await test.log.pool.execute(Self.count, "fire", "task", 8.0, Int64(2))
            try await test.log.pool.execute(Self.count, "fire", "task", 58.0, Int64(1))
            try await test.log.pool.execute(Self.count, "fire", "task", 90.0, Int64(99))
            try await test.queue.pause("gas", true)
            try await test.queue.setBounds(concurrency: 4, rate: nil, for: .init(agency: nil, kind: nil))
            let agencies = try await test.queue.report().agencies
            #expect(agencies.map(\.agency) == ["fire", "gas"])
            #expect(agencies[0].done == 8)
            #expect(agencies[0].lanes.map(\.kind) == ["task", "whistle"])
            #expect(agencies[0].pace == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0])
            #expect(agencies[0].limit == QueueLimit(concurrency: 4))
            #expect(!agencies[0].hasOwnLimit)
            #expect(agencies[1].limit == QueueLimit(isPaused: true))
            #expect(agencies[1].hasOwnLimit)
        }
    }

    @Test("of a queue whose limits somebody bounds keeps what was paused meanwhile")
    func bounds() async throws {
        try await TestQueue.with { test in
            let scope = QueueLimits.Scope(agency: "fire", kind: nil)
            try await test.queue.setBounds(concurrency: 4, rate: Rate(tasks: 3, seconds: 60), for: scope)
            try await test.queue.pause("fire", true)
            try await test.queue.setBounds(concurrency: 5, rate: nil, for: scope)
            #expect(try await test.queue.limits()[scope] == QueueLimit(concurrency: 5, isPaused: true))
            try await test.queue.setBounds(concurrency: nil, rate: nil, for: scope)
            #expect(try await test.queue.limits()[scope] == QueueLimit(isPaused: true))
            try await test.queue.pause("fire", false)
            try await test.queue.setBounds(concurrency: nil, rate: nil, for: scope)
            #expect(try await test.queue.limits()[scope] == nil)
        }
    }

    /// What was done so many minutes ago.
    private static let count = Statement(
        "test.count",
        """
        insert into task_counts
            (minute, agency, kind, leased, done, withheld, retried, dead, waited, longest_wait, step)
        values
            (clock_timestamp() - make_interval(secs => $3::double precision * 60),
            $1::text, $2::text, 0, $4::bigint, 0, 0, 0, '0', '0', 0)
        """
    )
}
