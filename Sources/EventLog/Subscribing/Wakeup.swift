import Synchronization

/// Wakes one waiting task; calls that come while it is awake count as one.
final class Wakeup: Sendable {
    private struct State {
        var isSet = false
        var isEnded = false
        var continuation: CheckedContinuation<Void, Never>?

        /// The task to resume, if there is one and a reason.
        mutating func takeContinuation() -> CheckedContinuation<Void, Never>? {
            guard isSet || isEnded, let continuation else { return nil }
            isSet = false
            self.continuation = nil
            return continuation
        }
    }

    private let state = Mutex(State())

    /// Lets the next, or the current, `wait()` return.
    func signal() {
        state.withLock { state in
            state.isSet = true
            return state.takeContinuation()
        }?.resume()
    }

    /// Waits for a signal given since the last wait; returns at once when there is one, or when the task is cancelled.
    /// One task waits at a time.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state in
                    state.continuation = continuation
                    return state.takeContinuation()
                }
                ready?.resume()
            }
        } onCancel: {
            state.withLock { state in
                state.isEnded = true
                return state.takeContinuation()
            }?.resume()
        }
    }
}
