extension Connection {
    /// Executes the statement with the parameters and returns its rows.
    ///
    /// - Throws: `PostgresError`; see its `outcome` for what is known when the call was interrupted or the session lost.
    ///   When the task is cancelled but the server had already answered, the answer is returned.
    package nonisolated func query<each Parameter: PostgresEncodable>(
        _ statement: Statement,
        _ parameter: repeat each Parameter
    ) async throws(PostgresError) -> Rows {
        try await query(Call(statement, repeat each parameter))
    }

    /// Executes the statement with the parameters and returns how many rows it touched.
    @discardableResult
    package nonisolated func execute<each Parameter: PostgresEncodable>(
        _ statement: Statement,
        _ parameter: repeat each Parameter
    ) async throws(PostgresError) -> Int {
        try await query(Call(statement, repeat each parameter)).affectedRows
    }

    /// Executes a call whose parameters were encoded before.
    package func query(_ call: Call) async throws(PostgresError) -> Rows {
        try await query(call, isShielded: false)
    }

    /// - Parameter isShielded: goes on when the task is cancelled, within the drain timeout: for clean-up.
    func query(_ call: Call, isShielded: Bool) async throws(PostgresError) -> Rows {
        let name = call.statement.name
        let known = prepared[name]
        let metrics = known?.metrics ?? .named(name)
        return try await perform(name, metrics: metrics, isShielded: isShielded) {
            (self, patience) async throws(PostgresError) -> Rows in
            if try self.needsPreparing(call, known) {
                guard self.handle.sendPrepare(call.statement, types: call.parameters.slots.map(\.type)) else {
                    throw self.sendFailure(name)
                }
                _ = try await self.collect(name, &patience)
                self.remember(call, metrics)
                if let error = self.interruption(name, patience) { throw error }
            }
            guard self.handle.sendExecute(call.statement, call.parameters) else { throw self.sendFailure(name) }
            let result = try await self.collect(name, &patience)
            return Rows(result: ResultBox(result), statement: call.statement)
        }
    }

    /// Executes several statements of plain text in one implicit transaction, without parameters and without preparing
    /// them: for migrations and set-up only.
    package func script(_ sql: String) async throws(PostgresError) {
        try await perform("script", metrics: nil) { (self, patience) async throws(PostgresError) in
            guard self.handle.sendScript(sql) else { throw self.sendFailure("script") }
            _ = try await self.collect("script", &patience)
        }
    }

    /// Whether the call's statement must be prepared first.
    ///
    /// - Throws: when the call cannot be sent, or its statement's name or parameter types differ from those prepared.
    func needsPreparing(_ call: Call, _ known: Prepared?) throws(PostgresError) -> Bool {
        let violation: String?
        if let reason = call.parameters.violation {
            violation = reason
        } else if let known {
            if known.statement != call.statement {
                violation = "another statement has the same name"
            } else if !known.types.elementsEqual(call.parameters.slots.lazy.map(\.type)) {
                let (was, now) = (known.types, call.parameters.slots.map(\.type))
                violation = "prepared with parameters \(was), called with \(now)"
            } else {
                return false
            }
        } else {
            return true
        }
        throw PostgresError(.invalidParameters, statement: call.statement.name, reason: violation ?? "")
    }

    func remember(_ call: Call, _ metrics: StatementMetrics) {
        prepared[call.statement.name] = Prepared(
            statement: call.statement,
            types: call.parameters.slots.map(\.type),
            metrics: metrics
        )
    }

    /// Takes all results of what was sent, up to the server's "ready", and returns the last.
    ///
    /// Only at "ready" is the commit of an implicit transaction done: an error may still follow a result that looked
    /// like success. The first error counts.
    func collect(_ name: String, _ patience: inout Patience) async throws(PostgresError) -> ResultHandle {
        var last: ResultHandle?
        var failure: PostgresError?
        do throws(WaitFailure) {
            while let result = try await nextResult(&patience) {
                switch result.status {
                case .command, .tuples, .emptyQuery:
                    break
                case .error:
                    failure = failure ?? error(in: result, name, patience)
                case .copyIn, .copyOut, .pipelineSync, .pipelineAborted, .unexpected:
                    close()
                    throw .lost("the statement asks for another kind of call (status \(result.status))")
                }
                last = consume result
            }
        } catch {
            throw failure ?? self.error(error, name, patience)
        }
        let replicationIsUncertain = takeAsynchronousMessages()
        if let failure {
            if failure.isConnectionLost { close() }
            throw failure
        }
        if replicationIsUncertain { throw replicationUnconfirmed(name) }
        guard let last else {
            close()
            throw PostgresError(.protocolViolation, statement: name, reason: "no result", outcome: .unknown)
        }
        return last
    }

    func replicationUnconfirmed(_ name: String) -> PostgresError {
        PostgresError(
            .replicationUnconfirmed,
            statement: name,
            reason: "committed here, but no standby has confirmed it",
            outcome: .unknown
        )
    }

    /// The error of a call that libpq refused to send. What is half queued cannot be taken back: the connection closes.
    func sendFailure(_ name: String) -> PostgresError {
        PostgresError(.connectionLost, statement: name, reason: lose())
    }
}
