/// The channel of agencies that fetch their tasks: one round trip acknowledges what was done and brings what is next.
package struct LeaseChannel: Sendable {
    private let queue: Queue

    package init(queue: Queue) {
        self.queue = queue
    }

    /// Carries one round trip out for an agency; tasks of others are refused, whatever number and token are shown.
    ///
    /// What was done is recorded before anything is leased or waited for. It may be repeated when the answer got lost:
    /// acknowledged tasks are accepted again, and leases that nobody received run out.
    ///
    /// - Parameter worker: who asks, for people who look at the queue.
    /// - Throws: `PostgresError`; `CancellationError` when the worker went away while waiting.
    package func exchange(_ request: LeaseRequest, for agency: String, worker: String) async throws -> LeaseAnswer {
        let done = request.acknowledge.map { Grant(id: $0.id, token: $0.token) }
        let failures = request.fail.map { failure in
            TaskFailure(
                Grant(id: failure.id, token: failure.token),
                error: failure.error,
                failure.retryAfterSeconds.map { .retry(after: .seconds($0)) } ?? .backOff
            )
        }
        let accepted = try await queue.acknowledge(done, of: agency)
        let failed = try await queue.fail(failures, of: agency)
        let refused = done.filter { !accepted.contains($0) } + failures.map(\.grant).filter { !failed.contains($0) }
        guard request.max > 0 else { return LeaseAnswer(tasks: [], refused: refused) }
        // A refusal is news for the worker: it is not held back by a wait.
        let tasks = try await queue.lease(
            [Demand(agency: agency, amount: Int32(clamping: request.max))],
            for: .seconds(request.leaseSeconds),
            worker: worker,
            patience: refused.isEmpty ? .seconds(request.waitSeconds) : .zero
        )
        return LeaseAnswer(tasks: tasks, refused: refused)
    }
}

extension Grant {
    fileprivate init(id: Int, token: Int) {
        self.init(task: TaskNumber(Int64(id)), token: FencingToken(Int64(token)))
    }
}
