import EventSourcing
import Metrics
import MusterDomain
import Synchronization
import TaskQueue

/// What a leading runner holds in memory: the policies as far as they are folded, and their timers.
final class PolicyState: Sendable {
    private struct State {
        var fold: PolicyFold
        var book = TimerBook()
        /// Facts were taken in since the book was filled.
        var isBookStale = false
    }

    private let state: Mutex<State>
    /// Set whenever facts were taken in.
    let changed = Signal()

    init(_ policies: [any Policy]) { state = Mutex(State(fold: PolicyFold(policies))) }

    func take(_ facts: [Fact], after checkpoint: Position) -> PolicyFold.Reactions {
        let (reactions, position) = state.withLock { state in
            state.isBookStale = true
            return (state.fold.take(facts, after: checkpoint), state.fold.position)
        }
        changed.set()
        Gauge(label: "muster_policy_position").record(position.rawValue)
        return reactions
    }

    /// When the next timer fires; nil without any, and before the policies have come to `position`, since what they
    /// would do earlier may have happened long ago.
    func nextDue(from position: Position) -> Timestamp? {
        let (due, count) = state.withLock { state -> (Timestamp?, Int) in
            guard state.fold.position >= position else { return (nil, 0) }
            if state.isBookStale {
                state.book.refill(state.fold.timers)
                state.isBookStale = false
            }
            return (state.book.nextDue, state.book.count)
        }
        Gauge(label: "muster_policy_timers").record(count)
        return due
    }

    func takeDue(at now: Timestamp) -> [ScheduledTimer] {
        state.withLock { $0.book.takeDue(at: now) }
    }
}
