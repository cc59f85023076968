import EventLog
import EventSourcing
import Logging
import MusterTesting
import Postgres
import Testing

@testable import TaskQueue

/// A queue on a log of its own in the suite's database, with a dispatcher.
struct TestQueue: Sendable {
    let queue: Queue
    let log: Log
    let logger: Logger

    /// Waits that a test can sit out. Nobody is taken for silent, however busy the machine is.
    static var impatient: QueueConfiguration {
        var configuration = QueueConfiguration()
        configuration.retries.first = .milliseconds(20)
        configuration.retries.longest = .milliseconds(100)
        configuration.takeOverPatience = .seconds(60)
        configuration.silenceLimit = .seconds(60)
        configuration.heartbeatInterval = .milliseconds(100)
        configuration.candidacyInterval = .milliseconds(50)
        configuration.pollInterval = .milliseconds(20)
        configuration.keepingInterval = .milliseconds(10)
        return configuration
    }

    /// Those of tests in which somebody is to be taken for silent.
    static func impatient(silenceLimit: Duration) -> QueueConfiguration {
        var configuration = impatient
        configuration.silenceLimit = silenceLimit
        configuration.takeOverPatience = silenceLimit
        return configuration
    }

    static func with(
        _ configuration: QueueConfiguration = impatient,
        _ body: @escaping @Sendable (TestQueue) async throws -> Void
    ) async throws {
        try await withoutDispatcher(configuration) { test in
            try await test.dispatching { try await body(test) }
        }
    }

    /// The queue of a process that never leads.
    static func withoutDispatcher(
        _ configuration: QueueConfiguration = impatient,
        _ body: @escaping @Sendable (TestQueue) async throws -> Void
    ) async throws {
        let database = try TestDatabase.current
        let name = "queue-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
        try await database.withLog(name) { log in
            let test = TestQueue(log, "first", configuration, database.logger)
            try await test.running(test.queue) { try await body(test) }
        }
    }

    private init(
        _ log: Log,
        _ process: String,
        _ configuration: QueueConfiguration,
        _ logger: Logger,
        _ pool: ConnectionPool? = nil
    ) {
        self.log = log
        self.logger = logger
        queue = Queue(
            pool: pool ?? log.pool,
            connecting: log.connecting,
            process: process,
            logger: logger,
            configuration: configuration
        )
    }

    /// The same queue as another process has it. Run its `queue` with `running`.
    ///
    /// - Parameter pool: by which it reads the tables; nil for the log's.
    func other(_ process: String, reading pool: ConnectionPool? = nil) -> TestQueue {
        TestQueue(log, process, queue.configuration, logger, pool)
    }

    /// Runs a dispatcher of this process while the body runs, and returns when it leads and the body has ended.
    @discardableResult
    func dispatching<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                await Dispatcher(queue: queue, logger: logger).run()
                return nil
            }
            group.addTask {
                while !queue.isLeading { try await Task.sleep(for: .milliseconds(1)) }
                return try await body()
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Runs dispatchers of some processes while the body runs; which of them leads is theirs to find out.
    func contending<T: Sendable>(
        _ processes: [TestQueue],
        _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await withThrowingTaskGroup(of: T?.self) { group in
            for process in processes {
                group.addTask {
                    await process.queue.run()
                    return nil
                }
                group.addTask {
                    await Dispatcher(queue: process.queue, logger: logger).run()
                    return nil
                }
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    /// Keeps a queue's line to the dispatcher while the body runs.
    func running<T: Sendable>(_ queue: Queue, _ body: @escaping @Sendable () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                await queue.run()
                return nil
            }
            group.addTask {
                try await eventually { queue.remote.isRunning }
                return try await body()
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    // MARK: Doing

    /// Enqueues tasks in a transaction of their own.
    @discardableResult
    func enqueue(_ tasks: NewTask...) async throws -> [TaskNumber] {
        try await enqueue(tasks)
    }

    @discardableResult
    func enqueue(_ tasks: [NewTask], isAnnounced: Bool = true) async throws -> [TaskNumber] {
        let enqueued = try await log.pool.transaction { try await queue.enqueue(tasks, in: $0) }
        if isAnnounced { queue.announce(enqueued) }
        return enqueued.numbers
    }

    /// Leases up to `amount` of one agency's tasks.
    func lease(
        _ amount: Int = 1,
        of agency: String = "fire",
        for term: Duration = .seconds(60),
        patience: Duration = .zero
    ) async throws -> [LeasedTask] {
        try await queue.lease(
            Turn.Demand(of: [agency], amount: amount, term: term),
            worker: "test",
            patience: patience
        )
    }

    /// Leases one task, and waits for it as long as a test may.
    func leaseOne(of agency: String = "fire", for term: Duration = .seconds(60)) async throws -> LeasedTask {
        try #require(try await lease(of: agency, for: term, patience: .seconds(60)).first)
    }

    /// Says something again until a dispatcher has answered, as workers do.
    func insist<T>(_ body: () async throws -> T) async throws -> T {
        while true {
            do { return try await body() } catch is QueueError { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    /// Ends the session of whoever leads.
    func endLeadersSession() async throws {
        try await log.pool.execute(Self.endLeader)
    }

    func epoch() async throws -> Int64 {
        try await log.pool.query(Self.epoch)[0].value(0, as: Int64.self)
    }

    /// Lets others wait for a table until the body has ended, however long that takes.
    func locking<T: Sendable>(
        _ table: String,
        in mode: String,
        _ body: @escaping @Sendable () async throws -> T
    ) async throws -> T {
        try await log.pool.transaction { connection in
            try await connection.script("set local idle_in_transaction_session_timeout = 0")
            try await connection.script("lock table \(table) in \(mode) mode")
            return try await body()
        }
    }

    private static let endLeader = Statement(
        "test.end_leader",
        """
        select pg_terminate_backend(pid)
        from pg_locks
        where locktype = 'advisory'
            and granted
            and database = (select oid from pg_database where datname = current_database())
            and (classid::bigint << 32) | objid::bigint = hashtextextended('task_queue:' || current_schema(), 0)
        """
    )

    private static let epoch = Statement("test.epoch", "select epoch from queue_state")

    /// Asks until the condition holds.
    func eventually(_ condition: @Sendable () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// All rows of the steps' table, in their order.
    func steps() async throws -> [Step] {
        try await log.pool.query(Self.steps).map { try Step($0) }
    }

    private static let steps = Statement(
        "test.steps",
        """
        select number, segment, kind, lease, tasks, at, until, worker, session
        from task_steps
        order by number
        """
    )
}

extension NewTask {
    static func sample(
        _ key: String?,
        agency: String = "fire",
        kind: String = "whistle",
        priority: Int16 = 0,
        runAt: Timestamp? = nil
    ) throws -> NewTask {
        try NewTask(
            agency: agency,
            kind: kind,
            uniqueKey: key,
            payload: Array(#"{ "matter": "M-1" }"#.utf8),
            priority: priority,
            runAt: runAt
        )
    }
}
