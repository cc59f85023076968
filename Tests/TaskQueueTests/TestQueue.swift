import EventSourcing
import Foundation
import Logging
import Postgres
import Testing

@testable import TaskQueue

/// A queue in a schema of its own, dropped afterwards.
struct TestQueue: Sendable {
    let queue: Queue
    let pool: ConnectionPool
    let settings: ConnectionConfiguration
    let logger: Logger

    static func with(
        _ configuration: QueueConfiguration = QueueConfiguration(),
        _ body: (TestQueue) async throws -> Void
    ) async throws {
        let conninfo = try #require(
            ProcessInfo.processInfo.environment["MUSTER_TEST_DATABASE"],
            "MUSTER_TEST_DATABASE names the server for tests; `make test` sets it"
        )
        let schema = "task_queue_tests_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        var settings = ConnectionConfiguration(conninfo: conninfo, applicationName: "TaskQueueTests")
        settings.searchPath = schema
        let admin = try await Connection.connect(settings, logger: logger)
        let migration = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../schemas/sql/log/0004_tasks.sql"
        )
        try await admin.script("create schema \(schema)")
        try await admin.script(try String(contentsOf: migration, encoding: .utf8))
        let pool = ConnectionPool(
            configuration: settings,
            size: 8,
            waitLimit: 1_000,
            waitTimeout: .seconds(30),
            logger: logger
        )
        let result: Result<Void, any Error>
        do {
            try await body(
                TestQueue(
                    queue: Queue(pool: pool, configuration: configuration),
                    pool: pool,
                    settings: settings,
                    logger: logger
                )
            )
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await pool.close()
        try await admin.script("drop schema \(schema) cascade")
        await admin.close()
        try result.get()
    }

    /// Enqueues tasks in a transaction of their own.
    @discardableResult
    func enqueue(_ tasks: NewTask...) async throws -> Int {
        try await enqueue(tasks)
    }

    @discardableResult
    func enqueue(_ tasks: [NewTask]) async throws -> Int {
        try await pool.transaction { try await queue.enqueue(tasks, in: $0) }
    }

    /// Leases up to `amount` of one agency's tasks.
    func lease(
        _ amount: Int32 = 1,
        of agency: String = "fire",
        for term: Duration = .seconds(60)
    ) async throws -> [LeasedTask] {
        try await queue.lease([Demand(agency: agency, amount: amount)], for: term, worker: "test")
    }

    /// Lets the time until a task's due time or lease end pass at once.
    func elapse() async throws {
        try await pool.execute(Self.elapse)
    }

    /// Lets the time since tasks ended pass.
    func age() async throws {
        try await pool.execute(Self.age)
    }

    func waitSeconds(of task: TaskNumber) async throws -> Double {
        try await pool.query(Self.wait, task.rawValue)[0].value(0, as: Double.self)
    }

    private static let elapse = Statement(
        "test.elapse",
        "update tasks set due_at = statement_timestamp() where state in ('waiting', 'leased')"
    )
    private static let age = Statement(
        "test.age",
        "update tasks set ended_at = ended_at - interval '31 days' where ended_at is not null"
    )
    private static let wait = Statement(
        "test.wait",
        "select extract(epoch from due_at - statement_timestamp())::double precision from tasks where id = $1::bigint"
    )
}

extension NewTask {
    static func sample(
        _ key: String,
        agency: String = "fire",
        priority: Int16 = 0,
        runAt: Timestamp? = nil
    ) throws -> NewTask {
        try NewTask(
            agency: agency,
            kind: "whistle",
            uniqueKey: key,
            payload: Array(#"{ "matter": "M-1" }"#.utf8),
            priority: priority,
            runAt: runAt
        )
    }
}
