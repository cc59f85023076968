import Testing

@testable import TaskQueue

@Suite("A signal", .timeLimit(.minutes(20)))
struct SignalTests {
    @Test("set before anybody waits is kept for the next")
    func kept() async {
        let signal = Signal()
        signal.set()
        signal.set()
        await signal.wait()
    }

    @Test("wakes who waits")
    func wakes() async {
        let signal = Signal()
        await withTaskGroup { group in
            group.addTask { await signal.wait() }
            signal.set()
            await group.waitForAll()
        }
    }

    @Test("lets a cancelled waiter go")
    func cancelled() async {
        let signal = Signal()
        await withTaskGroup { group in
            group.addTask { await signal.wait() }
            group.cancelAll()
            await group.waitForAll()
        }
    }

    @Test("is awaited no longer than the deadline")
    func deadline() async throws {
        try await Signal().wait(until: .now.advanced(by: .milliseconds(5)))
    }
}
