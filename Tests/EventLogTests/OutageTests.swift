import EventLog
import EventSourcing
import MusterTesting
import Postgres
import ServiceLifecycle
import Testing

@Suite(.testDatabase, .serialized)
struct OutageTests {
    private let stream = Samples.stream("s")

    @Test(.timeLimit(.minutes(20)))
    func `A server that takes no writes is unavailable, and the log recovers by itself`() async throws {
        try await TestDatabase.current.withLog("readonly") { log in
            _ = try await log.append(Samples.append(Samples.write(stream)))
            try await administrate("alter database current set default_transaction_read_only = on")
            // What was under way when its session ended may be unknown; nothing else may be.
            for _ in 0..<2 { _ = await failure(of: log) }
            let last = await failure(of: log)
            if case .unavailable = last {} else { Issue.record("\(String(describing: last))") }
            try await administrate("alter database current set default_transaction_read_only = off")
            while await failure(of: log) != nil {}
            let count = try await log.events(of: stream, after: .none, limit: 1_000).count
            let tail = try await log.tail()
            #expect(Int64(count) == tail.rawValue)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A server that stands behind what was acknowledged stops the log`() async throws {
        try await TestDatabase.current.withLog("regress") { log in
            for _ in 0..<5 { _ = try await log.append(Samples.append(Samples.write(stream))) }
            try await administrate("delete from log_regress.events where position > 2")
            let regressed = AppendError.regressed(acknowledged: Position(5), found: Position(2))
            // The session that dies is noticed by an append, which is then asked again.
            for _ in 0..<2 {
                await #expect(throws: regressed) { _ = try await log.append(Samples.append(Samples.write(stream))) }
            }
            #expect(try await log.tail() == Position(2))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A server that never answers is given up within bounds, and nothing is written twice`() async throws {
        let database = try TestDatabase.current
        var configuration = LogConfiguration()
        configuration.appendTimeout = .milliseconds(300)
        try await database.withLog("stuck", configuration: configuration) { log in
            _ = try await log.insist(on: Samples.append(Samples.write(stream)))
            let append = Samples.append(Samples.write(stream))
            try await log.pool.transaction { connection in
                _ = try await connection.query(Statement("test_block", "lock table events in access exclusive mode"))
                let failure = await failure(of: log, append)
                #expect(failure != nil)
            }
            let verdict = try await log.insist(on: append)
            #expect(verdict.receipt?.first == Position(2))
            #expect(try await log.tail() == Position(2))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `An append that is cancelled on the server was not written, and can be sent again`() async throws {
        try await TestDatabase.current.withLog("cancelled", configuration: .patient) { log in
            _ = try await log.append(Samples.append(Samples.write(stream)))
            let append = Samples.append(Samples.write(stream))
            try await log.pool.transaction { connection in
                try await connection.script("set local idle_in_transaction_session_timeout = 0")
                _ = try await connection.query(Statement("test_lock", "select lock_log()"))
                async let failure = failure(of: log, append)
                // It waits for the lock.
                let cancel = Statement(
                    "test_cancel",
                    """
                    select count(pg_cancel_backend(pid))
                    from pg_stat_activity
                    where datname = current_database() and application_name = 'muster cancelled append'
                        and wait_event = 'advisory'
                    """
                )
                while try await log.pool.query(cancel)[0].value(0, as: Int64.self) == 0 {}
                guard case .unavailable(let reason) = await failure else {
                    Issue.record("not unavailable")
                    return
                }
                #expect(reason.contains("SQLSTATE 57014"))
            }
            #expect(try await log.append(append).receipt?.first == Position(2))
            #expect(try await log.tail() == Position(2))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Time-outs that an administrator sets do not reach appends`() async throws {
        try await TestDatabase.current.withLog("timeouts", configuration: .patient) { log in
            for setting in ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] {
                try await administrate("alter database current set \(setting) = 1")
            }
            try await log.pool.withConnection { connection in
                try await connection.script("begin; set local idle_in_transaction_session_timeout = 0")
                _ = try await connection.query(Statement("test_lock", "select lock_log()"))
                async let verdict = log.append(Samples.append(Samples.write(stream)))
                let waits = Statement(
                    "test_waits",
                    """
                    select count(*)
                    from pg_stat_activity
                    where datname = current_database() and application_name = 'muster timeouts append'
                        and wait_event = 'advisory' and clock_timestamp() - query_start > interval '20 milliseconds'
                    """
                )
                while try await log.pool.query(waits)[0].value(0, as: Int64.self) == 0 {}
                try await connection.execute(Statement("test_end", "commit"))
                #expect(try await verdict.receipt != nil)
            }
            for setting in ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] {
                try await administrate("alter database current reset \(setting)")
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `Graceful shutdown answers what was accepted and refuses what comes later`() async throws {
        let database = try TestDatabase.current
        let logs = LogDatabase(conninfo: database.conninfo, logger: database.logger)
        try await logs.migrate()
        let name = try #require(LogName("drain"))
        try await logs.createLog(name, mode: .live)
        let log = try await logs.openLog(name)
        let group = ServiceGroup(services: [log], logger: database.logger)
        let answered = try await withThrowingTaskGroup(of: Int.self) { tasks in
            tasks.addTask {
                try await group.run()
                return 0
            }
            for number in 0..<200 {
                tasks.addTask {
                    let stream = Samples.stream("\(number)")
                    do throws(AppendError) {
                        return try await log.append(Samples.append(Samples.write(stream))).receipt == nil ? 0 : 1
                    } catch {
                        guard case .unavailable = error else { throw error }
                        return 0
                    }
                }
            }
            _ = try await tasks.next()
            await group.triggerGracefulShutdown()
            return try await tasks.reduce(0, +)
        }
        let tail = try await logs.openLog(name).tail()
        // The first answer was taken before the sum.
        #expect([answered, answered + 1].contains(Int(tail.rawValue)))
        await #expect(throws: AppendError.self) { _ = try await log.append(Samples.append(Samples.write(stream))) }
    }

    private func failure(of log: Log, _ append: Append? = nil) async -> AppendError? {
        do throws(AppendError) {
            _ = try await log.append(append ?? Samples.append(Samples.write(stream)))
            return nil
        } catch {
            return error
        }
    }

    /// Changes something behind the log's back, then ends the sessions that append.
    private func administrate(_ sql: String) async throws {
        let database = try TestDatabase.current
        let connection = try await Connection.connect(
            ConnectionConfiguration(conninfo: database.conninfo, applicationName: "administrator"),
            logger: database.logger
        )
        let name = try await connection.query(Statement("current_database", "select current_database()::text"))[0]
        let text = try name.value(0, as: String.self)
        // `alter database` takes a literal name.
        let words = sql.split(separator: " ").map { $0 == "current" ? text : String($0) }
        try await connection.script("set default_transaction_read_only = off;")
        try await connection.script(words.joined(separator: " "))
        try await connection.execute(
            Statement(
                "end_appenders",
                """
                select pg_terminate_backend(pid, 5000)
                from pg_stat_activity
                where datname = current_database() and application_name like 'muster % append'
                """
            )
        )
        await connection.close()
    }
}
