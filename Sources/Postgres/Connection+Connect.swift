import Logging

extension Connection {
    /// Opens the session; the handle changes its socket on the way, so each step asks for it again.
    func open(until deadline: ContinuousClock.Instant) async throws(PostgresError) {
        var settings = try StartupSettings(configuration)
        try await resolveHosts(&settings, until: deadline)
        handle = ConnectionHandle(starting: settings.settings)
        var polling = ConnectionHandle.Polling.waitForWriting
        while polling != .connected {
            let interest: Reactor.Interest
            switch polling {
            case .waitForReading: interest = .reading
            case .waitForWriting: interest = .writing
            case .connected, .failed:
                throw connectFailure(handle.errorMessage)
            }
            guard handle.socket >= 0 else { throw connectFailure(handle.errorMessage) }
            switch await Reactor.shared.wait(for: interest, on: handle.socket, until: deadline) {
            case .ready, .signalled: polling = handle.poll()
            case .deadline: throw connectFailure("no answer before the deadline", isTimeout: true)
            case .cancelled: throw connectFailure("cancelled", kind: .cancelled)
            case .failed: throw connectFailure("the socket cannot be waited on")
            }
        }
        guard handle.makeNonBlocking() else { throw connectFailure(handle.errorMessage) }
        takeAsynchronousMessages()
        markOpen()
    }

    private func connectFailure(
        _ reason: String,
        kind: PostgresError.Kind = .connectFailed,
        isTimeout: Bool = false
    ) -> PostgresError {
        handle.close()
        return PostgresError(kind, statement: "connect", reason: reason)
    }
}
