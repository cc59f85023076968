import EventLog
import EventSourcing
import MusterTesting
import Postgres
import PostgresServer
import Testing

/// Servers that lack what was acknowledged: after a bad failover, or a restore.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct GoneBackTests {
    private let stream = Samples.stream("s")

    @Test
    func `An older backup in the server's place stops the log`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                try await append(3, to: log)
                try await servers.copyPrimary(to: "backup")
                try await append(2, to: log)
                try servers.stopFollowing(in: "backup")
                try await servers.primary.stop(.fast)
                try servers.replacePrimary(by: "backup", keeping: "lost")
                try await servers.primary.start()
                try await expectStop(log, .regressed(acknowledged: Position(5), found: Position(3)))
                #expect(try await servers.number("select count(*) from log_test.events") == 3)
            }
        }
    }

    @Test
    func `A standby that was behind when it was promoted stops the log`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                try await append(3, to: log)
                try await servers.startStandby()
                try await servers.standby.stop(.fast)
                try await append(2, to: log)
                try await servers.failOver()
                try await expectStop(log, .regressed(acknowledged: Position(5), found: Position(3)))
            }
        }
    }

    @Test
    func `It stops it also when another process has written past the loss`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                try await append(3, to: log)
                try await servers.startStandby()
                try await servers.standby.stop(.fast)
                try await append(2, to: log)
                try await servers.failOver()
                // As many as were lost, and more.
                try await servers.withLog { other in try await append(4, to: other) }
                try await expectStop(log, .regressed(acknowledged: Position(5), found: Position(7)))
            }
        }
    }

    @Test
    func `The server before the last failover stops the log, however much it holds`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                try await append(3, to: log)
                try await servers.startStandby()
                try await servers.requireStandby()
                try await append(1, to: log)
                try await servers.failOver()
                try await append(1, to: log)
                try await servers.primary.stop(.fast)
                try servers.replacePrimary(by: "lost", keeping: "standby")
                try await servers.primary.start()
                try await servers.run("alter system reset synchronous_standby_names")
                try await servers.run("select pg_reload_conf()")
                try await servers.withLog { other in try await append(4, to: other) }
                try await expectStop(log, .regressed(acknowledged: Position(5), found: Position(8)))
            }
        }
    }

    @Test
    func `Whoever follows the log hears of it, and gets no events of another history`() async throws {
        try await Servers.with { servers in
            try await servers.withLog { log in
                try await append(3, to: log)
                try await servers.startStandby()
                try await servers.standby.stop(.fast)
                try await append(2, to: log)
                // Another process, which has only read.
                try await servers.withLog { reader in
                    var events = reader.subscribe(from: .origin).makeAsyncIterator()
                    while events.position < Position(5) { _ = try await events.next() }
                    while reader.lastKnownTail < Position(5) { await Task.yield() }
                    try await servers.failOver()
                    try await servers.withLog { other in try await append(4, to: other) }
                    await #expect(throws: LogError.wentBack(log: reader.name, position: Position(5))) {
                        _ = try await events.next()
                    }
                    #expect(events.position == Position(5))
                }
            }
        }
    }

    @Test
    func `A receipt that was merely found counts as acknowledged`() async throws {
        try await Servers.with { servers in
            let append = Samples.append(Samples.write(stream))
            try await servers.withLog { log in
                try await self.append(3, to: log)
                try await servers.copyPrimary(to: "backup")
                _ = try await log.append(append)
            }
            try await servers.withLog { log in
                #expect(try await log.append(append).receipt?.first == Position(4))
                try servers.stopFollowing(in: "backup")
                try await servers.primary.stop(.fast)
                try servers.replacePrimary(by: "backup", keeping: "lost")
                try await servers.primary.start()
                try await expectStop(log, .regressed(acknowledged: Position(4), found: Position(3)))
            }
        }
    }

    private func append(_ count: Int, to log: Log) async throws {
        for _ in 0..<count { _ = try await log.insist(on: Samples.append(Samples.write(stream))) }
    }

    /// Appending says so once it has noticed, and from then on.
    private func expectStop(_ log: Log, _ stop: AppendError) async throws {
        for _ in 0..<2 {
            await #expect(throws: stop) { _ = try await log.insist(on: Samples.append(Samples.write(stream))) }
        }
    }
}
