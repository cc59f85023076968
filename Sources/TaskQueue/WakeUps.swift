import Synchronization

/// Who waits in this process for tasks of which agencies.
final class WakeUps: Sendable {
    private struct Waiting {
        var lastID: UInt64 = 0
        var waiters: [UInt64: QueueWaiter] = [:]
    }

    private let waiting = Mutex(Waiting())

    func signal(_ agencies: Set<String>) {
        let woken = waiting.withLock { waiting in
            waiting.waiters.values.filter { !$0.agencies.isDisjoint(with: agencies) }
        }
        for waiter in woken { waiter.signal.set() }
    }

    func withWaiter<T>(for agencies: Set<String>, _ body: (QueueWaiter) async throws -> T) async rethrows -> T {
        let waiter = QueueWaiter(agencies: agencies)
        let id = waiting.withLock { waiting in
            waiting.lastID += 1
            waiting.waiters[waiting.lastID] = waiter
            return waiting.lastID
        }
        defer { waiting.withLock { _ = $0.waiters.removeValue(forKey: id) } }
        return try await body(waiter)
    }
}
