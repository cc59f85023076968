import Synchronization

/// Wakes the one task that waits for it. A signal nobody waits for is kept, once, for the next to wait.
package final class Signal: Sendable {
    private enum State {
        case idle
        case signalled
        case awaited(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.idle)

    package init() {}

    package func set() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch state {
            case .idle, .signalled:
                state = .signalled
                return nil
            case .awaited(let waiter):
                state = .idle
                return waiter
            }
        }
        waiter?.resume()
    }

    /// Returns when the signal is set, or the task is cancelled. Only one task may wait at a time; another would end the
    /// first one's wait.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resumed = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    switch state {
                    case .signalled:
                        state = .idle
                        return [continuation]
                    case .idle:
                        // A cancellation before this point found nobody waiting.
                        if Task.isCancelled { return [continuation] }
                        state = .awaited(continuation)
                        return []
                    case .awaited(let other):
                        state = .awaited(continuation)
                        return [other]
                    }
                }
                for continuation in resumed { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .awaited(let waiter) = state else { return nil }
                state = .idle
                return waiter
            }
            waiter?.resume()
        }
    }

    /// Waits until the signal or the deadline, whichever comes first.
    ///
    /// - Throws: `CancellationError`.
    package func wait(until deadline: ContinuousClock.Instant) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { await self.wait() }
            group.addTask { try await Task.sleep(until: deadline, clock: .continuous) }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }
}
