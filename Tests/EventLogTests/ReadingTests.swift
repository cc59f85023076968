import EventLog
import EventSourcing
import MusterTesting
import Postgres
import Testing

@Suite(.testDatabase)
struct ReadingTests {
    @Test(.timeLimit(.minutes(20)))
    func `Several streams are read together, in the log's order and within a range`() async throws {
        try await TestDatabase.current.withLog { log in
            let streams = (0..<3).map { Samples.stream("\($0)") }
            for number in 0..<30 {
                _ = try await log.append(Samples.append(Samples.write(streams[number % 3])))
            }
            let wanted = [streams[0], streams[2], Samples.stream("none")]
            let all = try await log.events(of: wanted, limit: 1_000)
            #expect(all.map(\.position.rawValue) == (1...30).filter { $0 % 3 != 2 })
            let some = try await log.events(of: wanted, after: Position(4), through: Position(12), limit: 4)
            #expect(some.map(\.position.rawValue) == [6, 7, 9, 10])
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A hole in the log is an alarm`() async throws {
        try await TestDatabase.current.withLog("hole") { log in
            for _ in 0..<5 { _ = try await log.append(Samples.append(Samples.write(Samples.stream("s")))) }
            _ = try await log.pool.execute(Statement("test_make_hole", "delete from events where position = 3"))
            let hole = LogError.hole(log: log.name, expected: Position(3), found: Position(4))
            await #expect(throws: hole) { _ = try await log.events(after: .origin, limit: 10) }
            #expect(try await log.events(after: .origin, limit: 2).count == 2)
            #expect(try await log.events(after: Position(3), limit: 10).count == 2)
        }
    }
}
