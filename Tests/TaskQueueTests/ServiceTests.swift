import Logging
import MusterTesting
import ServiceLifecycle
import Testing

@testable import TaskQueue

@Suite("Within a group of services", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct ServiceTests {
    /// A worker that waits for a task, once.
    private struct WaitingWorker: Service {
        let test: TestQueue
        let started: Signal

        func run() async throws {
            started.set()
            let tasks = try await test.lease(patience: .seconds(3_600))
            #expect(tasks.isEmpty)
        }
    }

    private func run(_ service: any Service, _ logger: Logger, until condition: () async throws -> Void) async throws {
        let group = ServiceGroup(services: [service], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await condition()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test("a waiting lease comes back empty at once on graceful shutdown")
    func lease() async throws {
        try await TestQueue.with { test in
            let started = Signal()
            try await run(WaitingWorker(test: test, started: started), test.logger) { await started.wait() }
        }
    }
}
