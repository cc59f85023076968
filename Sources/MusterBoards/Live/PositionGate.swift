import EventSourcing
import Synchronization

/// Lets tasks wait until a reader of the log has come to a position.
final class PositionGate: Sendable {
    /// Why a wait ended.
    enum Answer: Sendable {
        case reached
        /// A beat of the gate was heard first.
        case beat
        /// The reader has finished, the watch has ended, or the task was cancelled.
        case over
    }

    private struct Waiter {
        let target: Position
        let watch: BoardWatch?
        let continuation: CheckedContinuation<Answer, Never>
    }

    private struct State {
        var position = Position.origin
        var isFinished = false
        var beats: UInt64 = 0
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

    /// A watch that hears the beats from now on.
    func watch() -> BoardWatch {
        state.withLock { state in
            state.nextWaiter += 1
            return BoardWatch(number: state.nextWaiter, beats: state.beats, gate: self)
        }
    }

    /// Returns true once the position is reached; false when the reader has finished or the task was cancelled.
    func wait(until target: Position) async -> Bool {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await wait(until: target, number, on: nil) == .reached
    }

    /// Waits for a position on a watch, which hears beats and may be ended. One task at a time.
    func wait(until target: Position, on watch: BoardWatch) async -> Answer {
        await wait(until: target, watch.number, on: watch)
    }

    private func wait(until target: Position, _ number: UInt64, on watch: BoardWatch?) async -> Answer {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Answer? = state.withLock { state in
                    if state.position >= target { return .reached }
                    if let watch, watch.hears(state.beats) { return .beat }
                    // Read under the lock: what lets the waiter go later finds it.
                    if state.isFinished || Task.isCancelled || watch?.isOver == true { return .over }
                    state.waiters[number] = Waiter(target: target, watch: watch, continuation: continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            letGo(number)
        }
    }

    /// Ends the wait of one, if it waits.
    func letGo(_ number: UInt64) {
        state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume(returning: .over)
    }

    /// Opens the gate up to a position.
    func advance(to position: Position) {
        resume(.reached) { state in
            state.position = max(state.position, position)
            return state.waiters.filter { $0.value.target <= position }
        }
    }

    /// Lets every watch hear a beat: those that wait at once, others when they come to wait.
    func beat() {
        resume(.beat) { state in
            state.beats += 1
            let beats = state.beats
            return state.waiters.filter { $0.value.watch?.hears(beats) == true }
        }
    }

    /// Says that the reader comes no further: everyone who waits is let go.
    func finish() {
        resume(.over) { state in
            state.isFinished = true
            return state.waiters
        }
    }

    private func resume(_ answer: Answer, _ choose: (inout State) -> [UInt64: Waiter]) {
        let chosen = state.withLock { state in
            let chosen = choose(&state)
            for number in chosen.keys { state.waiters.removeValue(forKey: number) }
            return chosen
        }
        for waiter in chosen.values { waiter.continuation.resume(returning: answer) }
    }
}
