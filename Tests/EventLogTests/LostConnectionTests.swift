import EventLog
import EventSourcing
import Logging
import MusterTesting
import Postgres
import Testing

@Suite(.testDatabase, .timeLimit(roundsWithin: 20), .namesSeed)
struct LostConnectionTests {
    @Test
    func `Every acknowledged append is there exactly once when connections die at random`() async throws {
        let database = try TestDatabase.current
        try await Rounds.run("connections that die", count: 2) { seed in
            try await write(to: database, seed: seed)
        }
    }

    private func write(to database: TestDatabase, seed: UInt64) async throws {
        let name = "k-\(String(seed, radix: 36))-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        try await database.withLog(name) { log in
            let oracle = Oracle("seed \(seed)")
            try await withThrowingTaskGroup { group in
                let killer = try await Killer(database)
                for writer in 0..<16 {
                    group.addTask {
                        var generator = SeededGenerator(seed: seed &+ UInt64(writer))
                        for round in 0..<60 {
                            let shared = Samples.stream("shared-\(Int.random(in: 0..<4, using: &generator))")
                            let own = Samples.stream("own-\(writer)-\(round)")
                            let append = Samples.append(
                                Samples.write(shared),
                                Samples.write(own, .noStream, count: 2),
                                command: Samples.command(&generator)
                            )
                            let start = oracle.begin()
                            oracle.note(append, try await log.insist(on: append), begunAfter: start)
                        }
                    }
                }
                group.addTask {
                    var generator = SeededGenerator(seed: ~seed)
                    for _ in 0..<40 where oracle.acknowledgedCount < 16 * 60 {
                        try await killer.killOne()
                        let seen = oracle.acknowledgedCount
                        let next = seen + Int.random(in: 1...20, using: &generator)
                        while oracle.acknowledgedCount < min(next, 16 * 60) { await Task.yield() }
                    }
                }
                try await group.waitForAll()
            }
            #expect(oracle.acknowledgedCount == 16 * 60)
            try await oracle.check(log)
        }
    }
}

/// Ends sessions that append, one at a time.
private struct Killer {
    private let connection: Connection

    init(_ database: TestDatabase) async throws {
        connection = try await Connection.connect(
            ConnectionConfiguration(conninfo: database.conninfo, applicationName: "killer"),
            logger: database.logger
        )
    }

    func killOne() async throws {
        try await connection.execute(
            Statement(
                "kill_one",
                """
                select pg_terminate_backend(pid)
                from pg_stat_activity
                where datname = current_database() and application_name like 'muster % append'
                order by random()
                limit 1
                """
            )
        )
    }
}
