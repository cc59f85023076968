import EventLog
import EventSourcing
import MusterTesting
import Postgres
import PostgresServer
import Testing

/// Commits that wait for a standby, which may never answer.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct StandbyTests {
    private static let waiting: StaticString =
        "select count(*) > 0 from pg_stat_activity where wait_event = 'SyncRep' and application_name like 'muster %'"

    private let stream = Samples.stream("s")

    /// A log whose bounds are short, since here all of them are met.
    private var impatient: LogConfiguration {
        var configuration = LogConfiguration()
        configuration.appendTimeout = .milliseconds(500)
        configuration.patience = .milliseconds(500)
        return configuration
    }

    @Test
    func `A commit whose wait is cancelled is acknowledged when the standby has it`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                _ = try await log.append(Samples.append(Samples.write(stream)))
                try await servers.startStandby()
                try await servers.requireStandby()
                try await servers.standby.stop(.immediate)

                let append = Samples.append(Samples.write(stream))
                let heard = Oracle()
                try await withThrowingTaskGroup { group in
                    group.addTask { heard.note(append, try await log.append(append)) }
                    try await servers.wait(for: Self.waiting)
                    try await cancelWaits(servers)
                    // It finds its events in the log, and waits again until they are on the standby.
                    try await servers.withConnection { connection in
                        while heard.acknowledgedCount == 0,
                            try await !connection.query(Statement("test_wait", Self.waiting))[0]
                                .value(0, as: Bool.self)
                        {}
                    }
                    #expect(heard.acknowledgedCount == 0, "acknowledged, and the standby does not have it")
                    try await servers.standby.start()
                    try await group.waitForAll()
                }
                try await servers.wait(for: "select max(position) = 2 from log_test.events", on: servers.standby)
                let again = try await log.append(append)
                heard.note(append, again)
                #expect(again.receipt?.first == Position(2))
                try await heard.check(log)
            }
        }
    }

    @Test
    func `What no standby has confirmed is told to nobody, and after a failover the same id is appended once`()
        async throws
    {
        try await Servers.with { servers in
            try await servers.withLog(configuration: impatient) { log in
                try await servers.withLog(configuration: impatient) { other in
                    let first = Samples.append(Samples.write(stream))
                    _ = try await log.insist(on: first)
                    try await servers.startStandby()
                    try await servers.requireStandby()
                    try await servers.standby.stop(.immediate)

                    let append = Samples.append(Samples.write(stream))
                    async let failure = failure(of: append, log)
                    try await servers.wait(for: Self.waiting)
                    try await cancelWaits(servers)
                    #expect(await failure == .outcomeUnknown)
                    // It is there for all to see, and is still not durable where it must be.
                    #expect(try await other.events(of: stream, after: .none, limit: 10).count == 2)
                    #expect(await self.failure(of: append, other) != nil)
                    await #expect(throws: PostgresError.self) {
                        try await withDeadline(.milliseconds(500)) { _ = try await other.receipt(of: append.command) }
                    }

                    try await servers.failOver()
                    #expect(try await log.insist(on: first).receipt?.first == Position(1))
                    #expect(try await log.insist(on: append).receipt?.first == Position(2))
                    #expect(try await other.insist(on: append).receipt?.first == Position(2))
                    #expect(try await servers.number("select count(*) from log_test.events") == 2)
                }
            }
        }
    }

    @Test
    func `A standby that never answers leaves callers with an answer within bounds, and nothing twice`() async throws {
        try await Servers.with { servers in
            try await servers.withLog(configuration: impatient) { log in
                try await servers.startStandby()
                try await servers.requireStandby()
                let oracle = Oracle()
                let appends = (0..<20).map { number in
                    Samples.append(Samples.write(stream), Samples.write(Samples.stream("\(number)"), .noStream))
                }
                oracle.note(appends[0], try await log.insist(on: appends[0]))
                try await servers.standby.stop(.immediate)

                let failures = await withTaskGroup(of: AppendError?.self) { group in
                    for append in appends.dropFirst() { group.addTask { await failure(of: append, log) } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(failures.contains(.outcomeUnknown))
                for failure in failures {
                    switch failure {
                    case .outcomeUnknown, .unavailable: continue
                    case .overloaded, .regressed, .invalid, nil: Issue.record("\(String(describing: failure))")
                    }
                }

                try await servers.standby.start()
                for append in appends { oracle.note(append, try await log.insist(on: append)) }
                try await oracle.check(log)
                #expect(try await log.tail() == Position(40))
            }
        }
    }

    @Test
    func `A server in recovery is unavailable, and once promoted it takes writes`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in _ = try await log.append(Samples.append(Samples.write(stream))) }
            try await servers.startStandby()
            let name = try #require(LogName("test"))
            let database = LogDatabase(conninfo: servers.standby.conninfo, logger: servers.logger)
            let log = try await database.openLog(name, configuration: impatient)
            try await withThrowingTaskGroup { group in
                group.addTask { try await log.run() }
                let append = Samples.append(Samples.write(stream))
                for _ in 0..<2 {
                    let failure = await failure(of: append, log)
                    if case .unavailable = failure {} else { Issue.record("\(String(describing: failure))") }
                }
                #expect(try await log.tail() == Position(1))
                try await servers.run("select pg_promote()", on: servers.standby)
                #expect(try await log.insist(on: append).receipt?.first == Position(2))
                group.cancelAll()
            }
        }
    }

    private func failure(of append: Append, _ log: Log) async -> AppendError? {
        do throws(AppendError) {
            _ = try await log.append(append)
            return nil
        } catch {
            return error
        }
    }

    private func cancelWaits(_ servers: Servers) async throws {
        try await servers.run("select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'")
    }
}
