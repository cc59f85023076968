import EventLog
import EventSourcing
import MusterTesting
import Testing

@Suite(.testDatabase)
struct ConformanceTests {
    @Test(.timeLimit(.minutes(20)))
    func `The log on PostgreSQL behaves as an event store`() async throws {
        try await TestDatabase.current.withLog { log in
            try await EventStoreConformance(log).checkAll()
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `A log with one lane and batches of one event behaves as an event store`() async throws {
        var configuration = LogConfiguration()
        configuration.lanes = 1
        configuration.batchEventLimit = 1
        try await TestDatabase.current.withLog("narrow", configuration: configuration) { log in
            try await EventStoreConformance(log).checkAll()
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The log in memory behaves as an event store`() async throws {
        let store = InMemoryEventStore(name: try #require(LogName("memory"))) { Samples.time }
        try await EventStoreConformance(store).checkAll()
    }
}
