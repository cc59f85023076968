extension Connection {
    /// Executes the calls in order in one round trip and one implicit transaction: all take effect, or none.
    ///
    /// - Returns: a result for each call. After the first error each further call fails with that error as the cause.
    /// - Throws: when the connection is lost, the call interrupted, or a call cannot be sent.
    package func pipeline(_ calls: [Call]) async throws(PostgresError) -> [Result<Rows, PostgresError>] {
        guard !calls.isEmpty else { return [] }
        return try await perform("pipeline", metrics: .named("pipeline")) {
            (self, patience) async throws(PostgresError) in
            try await self.runPipeline(calls, &patience)
        }
    }

    /// Executes `begin`, the calls and `commit` in one round trip.
    ///
    /// - Returns: the rows of each call, in order, once the commit is acknowledged.
    /// - Throws: the error of the first call that failed; then everything is rolled back. When the answer to the commit
    ///   did not come, the error's `isOutcomeUnknown` is true.
    package func pipelinedTransaction(
        _ calls: [Call],
        mode: TransactionMode = .readCommitted
    ) async throws(PostgresError) -> [Rows] {
        let all = [Call(mode.begin)] + calls + [Call(Self.commit)]
        let results = try await pipeline(all)
        var rows: [Rows] = []
        rows.reserveCapacity(results.count)
        do throws(PostgresError) {
            for result in results { rows.append(try result.get()) }
            try Self.checkCommit(rows.last)
        } catch {
            await rollBack()
            throw error
        }
        return Array(rows.dropFirst().dropLast())
    }

    private func runPipeline(
        _ calls: [Call],
        _ patience: inout Patience
    ) async throws(PostgresError) -> [Result<Rows, PostgresError>] {
        var queue = try sendPipeline(calls)
        var results: [Result<Rows, PostgresError>?] = Array(repeating: nil, count: calls.count)
        var cause: PostgresError?
        var commitFailed = false
        do throws(WaitFailure) {
            receiving: while true {
                let result = try await nextResult(&patience)
                switch queue.receive(arrival(result)) {
                case .proceed:
                    break
                case .prepared(let call):
                    remember(calls[call], .named(calls[call].statement.name))
                case .succeeded(let call):
                    if let result = consume result {
                        results[call] = .success(Rows(result: ResultBox(result), statement: calls[call].statement))
                    }
                case .failed(let call):
                    if let result = consume result {
                        let failure = error(in: result, calls[call].statement.name, patience)
                        cause = cause ?? failure
                        results[call] = .failure(failure)
                    }
                case .commitFailed:
                    commitFailed = true
                    if let result = consume result { cause = cause ?? error(in: result, "pipeline", patience) }
                case .aborted(let call):
                    results[call] = cause.map { .failure($0) }
                case .finished:
                    break receiving
                case .violation:
                    close()
                    throw .lost("the answers of a pipeline came in an order that is not possible")
                }
                if isBroken { throw .lost("the session ended") }
            }
        } catch {
            throw cause ?? self.error(error, "pipeline", patience)
        }
        let replicationIsUncertain = takeAsynchronousMessages()
        guard handle.exitPipeline() else { throw sendFailure("pipeline") }
        if replicationIsUncertain { throw replicationUnconfirmed("pipeline") }
        if let cause, cause.isConnectionLost { close() }
        if let cause, commitFailed { return calls.map { _ in .failure(cause) } }
        return results.map { result in
            result
                ?? .failure(
                    cause
                        ?? PostgresError(
                            .protocolViolation,
                            statement: "pipeline",
                            reason: "no result",
                            outcome: .unknown
                        )
                )
        }
    }

    /// Queues the calls, each statement prepared before its first use.
    private func sendPipeline(_ calls: [Call]) throws(PostgresError) -> PipelineQueue {
        var queue = PipelineQueue()
        var steps: [PipelineQueue.Entry] = []
        var preparing: [String: Prepared] = [:]
        for (index, call) in calls.enumerated() {
            let name = call.statement.name
            if try needsPreparing(call, prepared[name] ?? preparing[name]) {
                preparing[name] = Prepared(
                    statement: call.statement,
                    types: call.parameters.slots.map(\.type),
                    metrics: .named(name)
                )
                steps.append(.prepare(call: index))
            }
            steps.append(.execute(call: index))
        }
        steps.append(.sync)
        // Everything was checked before anything is queued: from here only a lost connection fails.
        guard handle.enterPipeline() else { throw sendFailure("pipeline") }
        for step in steps {
            let isSent =
                switch step {
                case .prepare(let index):
                    handle.sendPrepare(calls[index].statement, types: calls[index].parameters.slots.map(\.type))
                case .execute(let index): handle.sendExecute(calls[index].statement, calls[index].parameters)
                case .sync: handle.sendSync()
                }
            guard isSent else { throw sendFailure("pipeline") }
            queue.append(step)
        }
        return queue
    }

    private func arrival(_ result: borrowing ResultHandle?) -> PipelineQueue.Arrival {
        switch result {
        case .none: .end
        case .some(let result):
            switch result.status {
            case .command, .tuples, .emptyQuery: .success
            case .pipelineSync: .sync
            case .pipelineAborted: .aborted
            case .error, .copyIn, .copyOut, .unexpected: .error
            }
        }
    }
}
