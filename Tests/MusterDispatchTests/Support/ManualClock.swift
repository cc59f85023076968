import EventSourcing
import Synchronization
import TaskQueue

@testable import MusterDispatch

/// A clock that moves when it is told to.
final class ManualClock: Sendable {
    private struct State {
        var now: Timestamp
        var sleepers: [Signal] = []
    }

    private let state: Mutex<State>

    init(_ start: Timestamp) { state = Mutex(State(now: start)) }

    var now: Timestamp { state.withLock { $0.now } }

    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now + duration
            defer { state.sleepers = [] }
            return state.sleepers
        }
        for sleeper in woken { sleeper.set() }
    }

    func sleep(until time: Timestamp) async throws {
        while true {
            let signal = Signal()
            let isDue = state.withLock { state in
                if state.now >= time { return true }
                state.sleepers.append(signal)
                return false
            }
            if isDue { return }
            await signal.wait()
            try Task.checkCancellation()
        }
    }

    var dispatch: DispatchClock {
        DispatchClock(now: { self.now }, sleep: { try await self.sleep(until: $0) })
    }
}
