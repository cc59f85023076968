import Synchronization

/// What the tests of one `make torture` share: its time, its progress, and the machine. Rounds take turns on it, two at a
/// time, so that a slow one is slow by what it does and not by how many others there are.
final class Torture: Sendable {
    private struct State {
        var free = 2
        /// Those that wait for their turn, in the order in which they came.
        var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextID = 0
        var finished = 0
        var failed = 0
        var lastLine: ContinuousClock.Instant
    }

    private static let shared = Mutex<Torture?>(nil)
    private static let lineInterval = Duration.seconds(10)

    private let start = ContinuousClock.now
    private let time: Duration
    private let state: Mutex<State>

    private init(minutes: Int) {
        time = .seconds(60 * minutes)
        state = Mutex(State(lastLine: start))
    }

    /// The one of this process; the first call starts its clock.
    static func started(minutes: Int) -> Torture {
        shared.withLock { shared in
            if let shared { return shared }
            let new = Torture(minutes: minutes)
            shared = new
            return new
        }
    }

    /// Whether all the time is over, or a test's share of it, or a round has failed: that is to be looked at first.
    func isOver(for share: Double, since begin: ContinuousClock.Instant) -> Bool {
        let now = ContinuousClock.now
        return now - start >= time || now - begin >= time * share || state.withLock { $0.failed > 0 }
    }

    /// Counts a round that is over.
    func note(hasFailed: Bool) {
        state.withLock { state in
            state.finished += 1
            if hasFailed { state.failed += 1 }
        }
    }

    /// Waits for its turn, then runs the body. Meanwhile there is a line of progress every ten seconds.
    ///
    /// - Throws: what the body throws, and `CancellationError` when cancelled before its turn.
    func takingTurn(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.tellProgress() }
            defer { group.cancelAll() }
            try await takeTurn()
            defer { endTurn() }
            try await body()
        }
    }

    private func takeTurn() async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let resume = state.withLock { state -> (() -> Void)? in
                    if Task.isCancelled { return { continuation.resume(throwing: CancellationError()) } }
                    guard state.free > 0 else {
                        state.waiting.append((id, continuation))
                        return nil
                    }
                    state.free -= 1
                    return { continuation.resume() }
                }
                resume?()
            }
        } onCancel: {
            let cancelled = state.withLock { state -> CheckedContinuation<Void, any Error>? in
                guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
                return state.waiting.remove(at: index).continuation
            }
            cancelled?.resume(throwing: CancellationError())
        }
    }

    private func endTurn() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }

    /// Whichever test comes first to it prints the line of all.
    private func tellProgress() async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            let now = ContinuousClock.now
            let line = state.withLock { state -> String? in
                guard now - state.lastLine >= Self.lineInterval else { return nil }
                state.lastLine = now
                let spent = start.duration(to: now).components.seconds
                return "torture: \(spent) s of \(time.components.seconds) s, \(state.finished) rounds finished"
                    + (state.failed > 0 ? ", \(state.failed) FAILED" : "")
            }
            if let line { Rounds.print(line) }
        }
    }
}
