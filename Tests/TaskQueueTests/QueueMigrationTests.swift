import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import EventLog
@testable import TaskQueue

@Suite("The queue's migration", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct QueueMigrationTests {
    private static let old = """
        drop view task_standings;
        drop table tasks, task_steps, queue_state, dead_letters, queue_limits, queue_gauges, queue_lanes, task_counts,
            task_schedules;
        drop function add_task_segment, empty_task_segment, enqueue_tasks;
        drop sequence task_numbers;
        """

    private static let rows = """
        insert into tasks (agency, kind, priority, unique_key, payload, state, due_at, attempts, token, worker, last_error, ended_at)
        values
            ('fire', 'k', 0, 'open', '{"a":  1}', 'waiting', now(), 0, 0, null, null, null),
            ('fire', 'k', 0, 'tried', '{}', 'waiting', now(), 3, 7, null, 'busy', null),
            ('fire', 'k', 0, 'leased', '{}', 'leased', now() + interval '1 hour', 1, 9, 'w', null, null),
            ('fire', 'k', 0, 'later', '{}', 'waiting', now() + interval '1 hour', 0, 0, null, null, null),
            ('fire', 'k', 0, 'done', '{}', 'done', now(), 1, 3, null, null, now()),
            ('fire', 'k', 0, 'withheld', '{}', 'withheld', now(), 1, 4, null, null, now()),
            ('fire', 'k', 0, 'dead', '{"b": 2}', 'dead', now(), 30, 30, null, 'status 500', now());
        update tasks set due_at = now() where state = 'leased';
        """

    @Test("carries tasks over with their attempts and keys, and no token of before is valid")
    func carriesOver() async throws {
        try await TestQueue.withoutDispatcher { test in
            let (before, after) = try (
                #require(Migration.log.first { $0.number == 4 }), #require(Migration.log.first { $0.number == 9 })
            )
            try await test.log.pool.withConnection { connection in
                for script in [Self.old, before.sql, Self.rows, after.sql] { try await connection.script(script) }
            }
            try await test.dispatching {
                let stale = Grant(task: TaskNumber(3), token: FencingToken(9))
                #expect(try await test.queue.acknowledge([stale]).isEmpty)
                let keys = ["open", "tried", "leased", "later", "done", "withheld", "dead", "new"]
                try await test.enqueue(keys.map { try NewTask.sample($0) })
                let tasks = try await test.lease(9)
                #expect(tasks.map(\.uniqueKey) == ["open", "tried", "leased", "new"])
                #expect(tasks.map(\.attempt) == [1, 4, 2, 1])
                #expect(tasks.first?.payload == #"{"a":  1}"#)
                #expect(tasks.allSatisfy { $0.grant.token.rawValue > 30 })
                let letters = try await test.queue.deadLetters(limit: 9)
                #expect(letters.map(\.error) == ["status 500"])
                #expect(letters.map(\.attempts) == [30])
                _ = try await test.queue.resend(letters.map(\.task))
                let again = try await test.leaseOne()
                #expect(again.uniqueKey == "dead" && again.payload == #"{"b": 2}"#)
            }
        }
    }
}
