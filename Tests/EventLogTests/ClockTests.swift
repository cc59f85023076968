import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

/// No order in the log comes from a clock, and its times come from the server's alone.
@Suite(.testDatabase)
struct ClockTests {
    @Test(.timeLimit(.minutes(20)))
    func `Clients whose clocks jump change neither order nor recorded time`() async throws {
        let database = try TestDatabase.current
        let seed = UInt64.random(in: 0 ... .max)
        try await database.withLog("jumps") { log in
            var generator = SeededGenerator(seed: seed)
            let before = try await serverTime()
            var sent: [Append] = []
            for _ in 0..<40 {
                // Ids carry the client's time as well, and are the keys of the log.
                let jump = Int64.random(in: -50_000_000_000_000_000...50_000_000_000_000_000, using: &generator)
                let time = Timestamp(microseconds: Samples.time.microseconds + jump)
                let random = (generator.next(), generator.next())
                sent.append(
                    Append(
                        command: CommandID(UniqueID(version7At: time, random: random)),
                        occurredAt: time,
                        metadata: Array("{}".utf8),
                        writes: [Samples.write(Samples.stream("\(Int.random(in: 0..<3, using: &generator))"))]
                    )
                )
            }
            for append in sent.prefix(20) { _ = try await log.append(append) }
            _ = try await log.append(contentsOf: Array(sent.dropFirst(20)))
            let events = try await log.events(after: .origin, limit: 100)
            let after = try await serverTime()
            #expect(events.prefix(20).map(\.id.command) == sent.prefix(20).map(\.command), "seed \(seed)")
            // What is handed in at once is in order within each stream.
            for (name, events) in Dictionary(grouping: events, by: \.stream) {
                let sent = sent.filter { $0.writes[0].stream == name }
                #expect(events.map(\.id.command) == sent.map(\.command), "seed \(seed)")
                #expect(events.map(\.occurredAt) == sent.map(\.occurredAt), "seed \(seed)")
            }
            #expect(events.count == sent.count)
            #expect(events.allSatisfy { before <= $0.recordedAt && $0.recordedAt <= after })
            #expect(zip(events, events.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt })
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A server whose clock is set back records no time before the last`() async throws {
        try await TestDatabase.current.withLog("back") { log in
            let stream = Samples.stream("s")
            _ = try await log.append(Samples.append(Samples.write(stream)))
            // As if that had been written before the clock was set back by an hour.
            let ahead = Statement(
                "test_ahead",
                "update events set recorded_at = recorded_at + interval '1 hour' returning recorded_at"
            )
            let row = try await log.pool.query(ahead)[0].value(0, as: PostgresTimestamp.self)
            let last = Timestamp(microseconds: row.microsecondsSince1970)
            for _ in 0..<3 {
                let receipt = try await log.append(Samples.append(Samples.write(stream))).receipt
                #expect(receipt?.recordedAt == last)
            }
        }
    }

    private func serverTime() async throws -> Timestamp {
        let database = try TestDatabase.current
        let connection = try await Connection.connect(
            ConnectionConfiguration(conninfo: database.conninfo, applicationName: "clock"),
            logger: database.logger
        )
        let row = try await connection.query(Statement("test_now", "select clock_timestamp()"))[0]
        let time = try row.value(0, as: PostgresTimestamp.self)
        await connection.close()
        return Timestamp(microseconds: time.microsecondsSince1970)
    }
}
