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
            case .deadline: throw connectFailure("no answer before the deadline")
            case .cancelled: throw connectFailure("cancelled", kind: .cancelled)
            case .failed: throw connectFailure("the socket cannot be waited on")
            }
        }
        guard handle.makeNonBlocking() else { throw connectFailure(handle.errorMessage) }
        takeAsynchronousMessages()
        markOpen()
    }

    /// Looks up the host names of the connection string on a thread of its own.
    private func resolveHosts(
        _ settings: inout StartupSettings,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) {
        guard let hosts = HostResolution.hosts(in: settings.given) else { return }
        let targets = await BlockingWork.value(name: "postgres-lookup", until: deadline) {
            HostResolution.resolveBlocking(hosts)
        }
        guard let targets else {
            if Task.isCancelled { throw connectFailure("cancelled", kind: .cancelled) }
            throw connectFailure("host names were not looked up before the deadline")
        }
        guard !targets.isEmpty else { throw connectFailure("no host of the connection string is known") }
        settings.set("host", to: targets.map(\.host).joined(separator: ","))
        settings.set("hostaddr", to: targets.map(\.address).joined(separator: ","))
        settings.set("port", to: targets.map(\.port).joined(separator: ","))
    }

    private func connectFailure(_ text: String, kind: PostgresError.Kind = .connectFailed) -> PostgresError {
        handle.close()
        let failure = ConnectFailure(verboseText: text)
        return PostgresError(
            kind,
            statement: "connect",
            reason: failure.message,
            diagnostics: failure.sqlState.map {
                ServerDiagnostics(severity: "FATAL", sqlState: $0, message: failure.message)
            }
        )
    }
}
