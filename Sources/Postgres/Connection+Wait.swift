extension Connection {
    /// Why no further result can be waited for.
    enum WaitFailure: Error {
        /// The connection is closed.
        case lost(String)
        /// Interrupted, and the connection is closed.
        case gaveUp
        /// The server refused what was sent; the connection is at rest.
        case refused(PostgresError)
    }

    /// The next result of what was sent, or nil at the end of a statement's results.
    ///
    /// Sends what is queued meanwhile. Waiting for both directions matters: when the server stops reading until we read,
    /// waiting for writing alone would never end.
    func nextResult(_ patience: inout Patience) async throws(WaitFailure) -> ResultHandle? {
        while true {
            switch handle.flush() {
            case .failed: throw .lost(lose())
            case .pending:
                if handle.isBusy {
                    try await wait(for: .readingOrWriting, &patience)
                } else {
                    return handle.takeResult()
                }
            case .done:
                if handle.isBusy {
                    try await wait(for: .reading, &patience)
                } else {
                    return handle.takeResult()
                }
            }
        }
    }

    /// Waits for the socket, then takes what it holds. On interruption asks the server to cancel, or closes.
    func wait(for interest: Reactor.Interest, _ patience: inout Patience) async throws(WaitFailure) {
        switch await waitForSocket(interest, until: patience.deadline, isShielded: patience.isShielded) {
        case .signalled:
            throw .lost("the connection was closed during the call")
        case .ready:
            guard handle.consumeInput() else { throw .lost(lose()) }
            // A server that never stops sending never lets the wait itself be overdue.
            if patience.deadline <= .now, handle.isBusy || copy != nil { try await interrupt(.deadline, &patience) }
        case .failed:
            lose()
            throw .lost("the socket cannot be waited on")
        case .deadline:
            try await interrupt(.deadline, &patience)
        case .cancelled:
            try await interrupt(.cancelled, &patience)
        }
    }

    private func interrupt(
        _ interruption: Patience.Interruption,
        _ patience: inout Patience
    ) async throws(WaitFailure) {
        let drainUntil = ContinuousClock.now.advanced(by: configuration.drainTimeout)
        switch patience.interrupt(interruption, policy: configuration.interruption, drainUntil: drainUntil) {
        case .close:
            close()
            throw .gaveUp
        case .cancelAndDrain:
            guard let cancel = handle.makeCancelHandle(), await cancel.request(until: drainUntil) else {
                close()
                throw .gaveUp
            }
        }
    }

    /// Closes a connection that libpq found broken and says what libpq said.
    @discardableResult
    func lose() -> String {
        takeAsynchronousMessages()
        let reason = handle.errorMessage.prefix { !$0.isNewline }
        close()
        return String(reason)
    }

    /// The error of a call for which no further result could be waited for.
    func error(_ failure: WaitFailure, _ name: String, _ patience: Patience) -> PostgresError {
        switch failure {
        case .lost(let reason):
            PostgresError(.connectionLost, statement: name, reason: reason, outcome: .unknown)
        case .gaveUp:
            interrupted(name, patience, outcome: .unknown, diagnostics: nil)
        case .refused(let error):
            error
        }
    }

    /// The error of a call that was interrupted between two of its steps; the connection is at rest.
    func interruption(_ name: String, _ patience: Patience) -> PostgresError? {
        guard patience.interruption != nil else { return nil }
        return interrupted(name, patience, outcome: .notApplied, diagnostics: nil)
    }

    private func interrupted(
        _ name: String,
        _ patience: Patience,
        outcome: PostgresError.Outcome,
        diagnostics: ServerDiagnostics?
    ) -> PostgresError {
        switch patience.interruption {
        case .cancelled:
            PostgresError(
                .cancelled,
                statement: name,
                reason: "the task was cancelled",
                outcome: outcome,
                diagnostics: diagnostics
            )
        case .deadline, nil:
            PostgresError(
                .deadline,
                statement: name,
                reason: "no answer before the deadline",
                outcome: outcome,
                diagnostics: diagnostics
            )
        }
    }

    /// The error a result carries, in the light of how the call was interrupted.
    func error(in result: borrowing ResultHandle, _ name: String, _ patience: Patience) -> PostgresError {
        guard let diagnostics = result.diagnostics else {
            // libpq reports a session that ended without a word in a result without fields.
            let reason = result.message
            if handle.isOpen {
                return PostgresError(.protocolViolation, statement: name, reason: reason, outcome: .unknown)
            }
            close()
            return PostgresError(.connectionLost, statement: name, reason: reason, outcome: .unknown)
        }
        if patience.interruption != nil && diagnostics.sqlState == .queryCanceled {
            return interrupted(name, patience, outcome: .notApplied, diagnostics: diagnostics)
        }
        return PostgresError(
            .server,
            statement: name,
            reason: diagnostics.message,
            outcome: .notApplied,
            diagnostics: diagnostics
        )
    }
}
