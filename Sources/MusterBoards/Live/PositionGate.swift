import EventSourcing
import Synchronization

/// Lets tasks wait until a reader of the log has come to a position.
final class PositionGate: Sendable {
    private struct Waiter {
        let target: Position
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var position = Position.origin
        var isFinished = false
        var nextWaiter: UInt64 = 0
        var waiters: [UInt64: Waiter] = [:]
    }

    private let state = Mutex(State())

    /// How far the reader has come.
    var position: Position { state.withLock { $0.position } }

    /// Whether the reader comes no further.
    var isFinished: Bool { state.withLock { $0.isFinished } }

    /// How many tasks wait.
    var waiting: Int { state.withLock { $0.waiters.count } }

    /// Returns true once the position is reached; false when the reader has finished or the task was cancelled.
    func wait(until target: Position) async -> Bool {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.position >= target { return true }
                    // Read under the lock: a cancellation that comes later finds the waiter.
                    if state.isFinished || Task.isCancelled { return false }
                    state.waiters[id] = Waiter(target: target, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
    }

    /// Opens the gate up to a position.
    func advance(to position: Position) {
        let reached = state.withLock { state in
            state.position = max(state.position, position)
            let reached = state.waiters.filter { $0.value.target <= position }
            for id in reached.keys { state.waiters.removeValue(forKey: id) }
            return reached
        }
        for waiter in reached.values { waiter.continuation.resume(returning: true) }
    }

    /// Says that the reader comes no further: everyone who waits is let go.
    func finish() {
        let left = state.withLock { state in
            state.isFinished = true
            let left = state.waiters
            state.waiters = [:]
            return left
        }
        for waiter in left.values { waiter.continuation.resume(returning: false) }
    }
}
