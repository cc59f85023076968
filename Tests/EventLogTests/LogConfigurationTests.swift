import EventSourcing
import Testing

@testable import EventLog

@Suite
struct LogConfigurationTests {
    @Test
    func `A log of the past takes larger batches on more sessions, and never fewer than it was told`() {
        var configuration = LogConfiguration()
        #expect(configuration.suited(to: .live).batchEventLimit == configuration.batchEventLimit)
        #expect(configuration.suited(to: .live).lanes == configuration.lanes)
        #expect(configuration.suited(to: .history).batchEventLimit == configuration.historyBatchEventLimit)
        #expect(configuration.suited(to: .history).lanes == configuration.historyLanes)
        configuration.batchEventLimit = 5_000
        configuration.lanes = 8
        #expect(configuration.suited(to: .history).batchEventLimit == 5_000)
        #expect(configuration.suited(to: .history).lanes == 8)
    }
}
