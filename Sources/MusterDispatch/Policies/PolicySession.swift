import Postgres
import Synchronization

/// The session of a runner that leads: what it decides is written in it, and it never stands still for long.
final class PolicySession: Sendable {
    private struct State {
        var isInUse = false
        /// Who waits until it is not; only `write` waits, and there is one writer.
        var writer: CheckedContinuation<Void, Never>?
    }

    private let connection: Connection
    private let leadership: Leadership
    private let state = Mutex(State())

    init(_ connection: Connection, _ leadership: Leadership) {
        self.connection = connection
        self.leadership = leadership
    }

    /// Runs the body in a transaction. One caller at a time.
    func write<T: Sendable>(_ body: @Sendable (Connection) async throws -> T) async throws -> T {
        await withCheckedContinuation { writer in
            let isFree = state.withLock { state in
                if state.isInUse {
                    state.writer = writer
                    return false
                }
                state.isInUse = true
                return true
            }
            if isFree { writer.resume() }
        }
        defer { release() }
        return try await connection.transaction { try await body($0) }
    }

    /// Shows those who stand by that the process goes on, until the session is gone or the task is cancelled.
    func keepUsed() async throws {
        while true {
            let isFree = state.withLock { state in
                defer { state.isInUse = true }
                return !state.isInUse
            }
            // Whoever writes uses it.
            if isFree {
                defer { release() }
                try await Leadership.prove(in: connection)
            }
            try await Task.sleep(for: leadership.interval)
        }
    }

    /// Gives the session to the writer that waits for it, if one does.
    private func release() {
        let writer = state.withLock { state in
            defer { state.writer = nil }
            state.isInUse = state.writer != nil
            return state.writer
        }
        writer?.resume()
    }
}
