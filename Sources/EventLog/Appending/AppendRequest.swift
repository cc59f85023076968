import EventSourcing
import Synchronization

/// One caller's appends and the place where it waits for their verdicts.
final class AppendRequest: Sendable {
    typealias Answer = Result<[Verdict], AppendError>

    private struct State {
        var verdicts: [Verdict?]
        var failure: AppendError?
        var open: Int
        var continuation: CheckedContinuation<Answer, Never>?
    }

    private let state: Mutex<State>

    /// - Parameter continuation: is resumed exactly once, when every append has its answer; nil when nobody waits.
    init(count: Int, _ continuation: CheckedContinuation<Answer, Never>?) {
        state = Mutex(
            State(verdicts: Array(repeating: nil, count: count), failure: nil, open: count, continuation: continuation)
        )
    }

    /// Gives appends their answers by their places, each exactly once. The caller hears of it when all have theirs; the
    /// first failure counts.
    func answer(_ answers: some Sequence<(index: Int, answer: Result<Verdict, AppendError>)>) {
        let finished = state.withLock { state -> (CheckedContinuation<Answer, Never>, Answer)? in
            for (index, answer) in answers {
                switch answer {
                case .success(let verdict): state.verdicts[index] = verdict
                case .failure(let error): state.failure = state.failure ?? error
                }
                state.open -= 1
            }
            guard state.open == 0, let continuation = state.continuation else { return nil }
            state.continuation = nil
            if let failure = state.failure { return (continuation, .failure(failure)) }
            return (continuation, .success(state.verdicts.compactMap(\.self)))
        }
        if let (continuation, answer) = finished { continuation.resume(returning: answer) }
    }
}
