import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

@Suite("A schedule", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct ScheduleTests {
    private func schedule(cron: String = "* * * * *", lastDue: Timestamp) throws -> Schedule {
        try Schedule(
            name: "morning",
            cron: cron,
            zone: "UTC",
            agency: "fire",
            kind: "report",
            payload: #"{"for":"today"}"#,
            lastDue: lastDue
        )
    }

    private static let age = Statement(
        "test.age_schedules",
        "update task_schedules set last_due = clock_timestamp() - interval '1 hour'"
    )

    @Test("that was missed for an hour enqueues one task, for the newest time")
    func missed() async throws {
        try await TestQueue.withoutDispatcher { test in
            try await test.queue.setSchedule(schedule(lastDue: try await test.now()))
            try await test.log.pool.execute(Self.age)
            let before = try await test.now()
            try await test.dispatching {
                let task = try await test.leaseOne()
                #expect(task.kind == "report")
                #expect(task.payload == #"{"for":"today"}"#)
                #expect(task.uniqueKey.hasPrefix("schedule-morning-"))
                let due = try #require(try await test.queue.schedules().first?.lastDue)
                #expect(due > before - .seconds(120))
                // Unless a minute began meanwhile, nothing more comes.
                let more = try await test.lease(5, patience: .milliseconds(200))
                #expect(more.count <= 1)
            }
        }
    }

    @Test("goes on with the next dispatcher where the last one was")
    func takeover() async throws {
        try await TestQueue.withoutDispatcher { test in
            try await test.queue.setSchedule(schedule(cron: "0 0 1 1 *", lastDue: try await test.now()))
            for _ in 0..<2 {
                try await test.dispatching {
                    let tasks = try await test.lease(patience: .milliseconds(50))
                    #expect(tasks.isEmpty)
                }
            }
        }
    }

    @Test("that is removed enqueues nothing more, and the same again says that there is none")
    func removed() async throws {
        try await TestQueue.with { test in
            try await test.queue.setSchedule(schedule(lastDue: try await test.now()))
            #expect(try await test.queue.removeSchedule("morning"))
            #expect(try await !test.queue.removeSchedule("morning"))
            #expect(try await test.queue.schedules().isEmpty)
        }
    }

    @Test("of what can be no task, or in a zone that is none, is refused")
    func invalid() {
        #expect(throws: InvalidTask.self) {
            try Schedule(
                name: "n",
                cron: "* * * * *",
                zone: "UTC",
                agency: "fire",
                kind: "report",
                payload: "{",
                lastDue: Timestamp(microseconds: 0)
            )
        }
        #expect(throws: InvalidCron.self) {
            try Schedule(
                name: "n",
                cron: "* * * * *",
                zone: "Mars/Olympus",
                agency: "fire",
                kind: "report",
                payload: "{}",
                lastDue: Timestamp(microseconds: 0)
            )
        }
    }
}
