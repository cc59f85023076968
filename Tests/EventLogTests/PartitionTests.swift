import EventSourcing
import MusterTesting
import Postgres
import Testing

@testable import EventLog

@Suite(.testDatabase)
struct PartitionTests {
    private let database: TestDatabase
    private let logs: LogDatabase

    init() throws {
        database = try TestDatabase.current
        logs = LogDatabase(conninfo: database.conninfo, logger: database.logger)
    }

    private static var small: LogConfiguration {
        var configuration = LogConfiguration()
        configuration.partitionEvents = 50
        configuration.appendEventLimit = 40
        configuration.batchEventLimit = 40
        return configuration
    }

    @Test(.timeLimit(.minutes(20)))
    func `Two processes write across many partitions and the log stays one`() async throws {
        try await database.withLog("across", configuration: Self.small) { one in
            try await database.withLog("across", configuration: Self.small) { two in
                let oracle = Oracle()
                try await withThrowingTaskGroup { group in
                    for writer in 0..<8 {
                        let log = writer.isMultiple(of: 2) ? one : two
                        group.addTask {
                            var random = SeededGenerator(seed: UInt64(writer))
                            for _ in 0..<40 {
                                let stream = Samples.stream("\(Int.random(in: 0..<5, using: &random))")
                                let count = Int.random(in: 1...5, using: &random)
                                let append = Samples.append(Samples.write(stream, .any, count: count))
                                oracle.note(append, try await log.insist(on: append))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                try await oracle.check(one)
                let tail = try await one.tail()
                let partitions = try await logs.partitions(of: one.name)
                #expect(partitions.count > 10)
                #expect(partitions.allSatisfy { $0.last.rawValue - $0.first.rawValue == 49 })
                #expect(try #require(partitions.last).last > tail)
                for number in 0..<5 {
                    let events = try await two.events(of: Samples.stream("\(number)"), after: .none, limit: 10_000)
                    #expect(events.map(\.version.rawValue) == Array(1...Int32(events.count)))
                    #expect(zip(events, events.dropFirst()).allSatisfy { $0.position < $1.position })
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A version in an older partition cannot be written again`() async throws {
        try await database.withLog("versions", configuration: Self.small) { stale in
            let stream = Samples.stream("s")
            _ = try await stale.append(Samples.append(Samples.write(stream, .noStream)))
            try await database.withLog("versions", configuration: Self.small) { other in
                for _ in 0..<30 { _ = try await other.append(Samples.append(Samples.write(stream, count: 5))) }
            }
            let late = try await stale.append(Samples.append(Samples.write(stream, .exactly(StreamVersion(1)))))
            #expect(late == .conflict(stream: stream, actual: StreamVersion(151)))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A detached partition is away, not lost, and comes back whole`() async throws {
        try await database.withLog("away", configuration: Self.small) { log in
            let stream = Samples.stream("old")
            let first = Samples.append(Samples.write(stream, .noStream, count: 3))
            let receipt = try #require(try await log.append(first).receipt)
            for _ in 0..<30 { _ = try await log.append(Samples.append(Samples.write(Samples.stream("new"), count: 5))) }
            try await logs.detachPartition(from: Position(1), of: log.name)
            #expect(try await logs.partitions(of: log.name).map(\.isAttached).prefix(2) == [false, true])

            let away = LogError.detached(log: log.name, positions: Position(1)...Position(50))
            await #expect(throws: away) { _ = try await log.events(after: .origin, limit: 10) }
            await #expect(throws: away) { _ = try await log.events(after: .origin, limit: 1_000) }
            await #expect(throws: away) { _ = try await log.events(of: stream, after: .none, limit: 10) }
            await #expect(throws: away) { _ = try await log.events(of: [stream], limit: 10) }
            #expect(try await log.events(after: Position(50), limit: 10).count == 10)

            // A process that remembers nothing still knows versions and commands.
            try await database.withLog("away", configuration: Self.small) { fresh in
                let again = try #require(try await fresh.append(first).receipt)
                #expect(again.first == receipt.first && again.count == 3)
                let wrong = Samples.append(Samples.write(stream, .noStream))
                #expect(try await fresh.append(wrong) == .conflict(stream: stream, actual: StreamVersion(3)))
                let next = try await fresh.append(Samples.append(Samples.write(stream, .exactly(StreamVersion(3)))))
                #expect(next.receipt != nil)
            }

            try await logs.attachPartition(from: Position(1), of: log.name)
            #expect(try await log.events(after: .origin, limit: 1_000).count == 154)
            #expect(try await log.events(of: stream, after: .none, limit: 10).count == 4)
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `What cannot be detached or attached is refused and changes nothing`() async throws {
        try await database.withLog("refused", configuration: Self.small) { log in
            for _ in 0..<12 { _ = try await log.append(Samples.append(Samples.write(Samples.stream("s"), count: 5))) }
            let name = log.name
            await #expect(throws: LogPartitionError.noSuchPartition(name, first: Position(2))) {
                try await logs.detachPartition(from: Position(2), of: name)
            }
            await #expect(throws: LogPartitionError.holdsTail(name, first: Position(51))) {
                try await logs.detachPartition(from: Position(51), of: name)
            }
            await #expect(throws: LogPartitionError.noSuchPartition(name, first: Position(1))) {
                try await logs.attachPartition(from: Position(1), of: name)
            }
            try await logs.detachPartition(from: Position(1), of: name)
            try await log.pool.execute(Statement("test_rename", "alter table events_from_1 rename to elsewhere"))
            await #expect(throws: LogPartitionError.noTable(name, table: "events_from_1")) {
                try await logs.attachPartition(from: Position(1), of: name)
            }
            try await log.pool.execute(Statement("test_back", "alter table elsewhere rename to events_from_1"))
            try await log.pool.execute(Statement("test_lose", "delete from events_from_1 where position = 7"))
            await #expect(throws: LogPartitionError.incomplete(name, first: Position(1))) {
                try await logs.attachPartition(from: Position(1), of: name)
            }
            #expect(try await logs.partitions(of: name).filter { !$0.isAttached }.map(\.first) == [Position(1)])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A log that was written before there were partitions goes on`() async throws {
        let name = try #require(LogName("before"))
        try await logs.migrate()
        let connection = try await Connection.connect(
            ConnectionConfiguration(conninfo: database.conninfo),
            logger: database.logger
        )
        let runner = MigrationRunner(connection: connection, logger: database.logger)
        try await connection.script("create schema \(name.schema);")
        try await runner.apply(Array(Migration.log.prefix(4)), to: name.schema)
        try await connection.script(
            """
            set search_path = \(name.schema);
            insert into streams values (1, 'sample-s');
            insert into event_types (name, version) values ('SampleTaken', 1);
            insert into command_keys select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, (1::bigint << 32) + n, 1
            from generate_series(1, 20) as n;
            insert into events
            select n, (1::bigint << 32) + n, now(), now(), ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 1, 0,
                '{"number":' || n || '}', '{}'
            from generate_series(1, 20) as n;
            insert into muster.logs (name, mode, schema_name) values ('before', 'live', '\(name.schema)');
            """
        )
        await connection.close()
        try await logs.migrate()
        try await database.withLog("before", configuration: Self.small) { log in
            #expect(try await log.events(after: .origin, limit: 100).map(\.version.rawValue) == Array(1...20))
            #expect(try await log.events(of: Samples.stream("s"), after: StreamVersion(5), limit: 100).count == 15)
            let command = try #require(CommandID("00000000-0000-7000-8000-000000000007"))
            #expect(try await log.receipt(of: command)?.first == Position(7))
            let wrong = Samples.append(Samples.write(Samples.stream("s"), .noStream))
            #expect(try await log.append(wrong) == .conflict(stream: Samples.stream("s"), actual: StreamVersion(20)))
            let receipt = try await log.append(Samples.append(Samples.write(Samples.stream("s"), .any))).receipt
            #expect(receipt?.first == Position(21))
        }
        #expect(try await logs.partitions(of: name).first?.last == Position(5_000_000))
    }

    @Test(.timeLimit(.minutes(20)))
    func `Appending stops with the first append after the log went back`() async throws {
        try await database.withLog("back", configuration: Self.small) { log in
            for _ in 0..<5 { _ = try await log.append(Samples.append(Samples.write(Samples.stream("s")))) }
            try await log.pool.execute(Statement("test_back", "delete from events where position > 3"))
            let stopped = AppendError.regressed(acknowledged: Position(5), found: Position(3))
            await #expect(throws: stopped) {
                _ = try await log.append(Samples.append(Samples.write(Samples.stream("t"))))
            }
            #expect(try await log.tail() == Position(3))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A plan made for an empty partition still finds the tail by its key`() async throws {
        try await database.withLog("plan", configuration: Self.small) { log in
            _ = try await log.append(Samples.append(Samples.write(Samples.stream("s"))))
            try await log.pool.execute(Statement("test_vacuum", "vacuum analyze"))
            let plan = try await log.pool.query(
                Statement(
                    "test_explain",
                    "explain select position from events where position >= 1 order by position desc limit 1"
                )
            ).map { try $0.value(0, as: String.self) }
            #expect(!plan.contains { $0.contains("Seq Scan") })
        }
    }
}
