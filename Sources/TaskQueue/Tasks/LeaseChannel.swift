/// The channel of agencies that fetch their tasks: one round trip acknowledges what was done and brings what is next.
package struct LeaseChannel: Sendable {
    private let queue: Queue

    package init(queue: Queue) {
        self.queue = queue
    }

    /// Carries one round trip out for an agency; tasks of others are refused, whatever number and token are shown.
    ///
    /// What was done is recorded before anything is waited for. The request may be repeated when the answer got lost:
    /// acknowledged tasks are accepted again, and leases that nobody received run out.
    ///
    /// - Parameter worker: who asks, for people who look at the queue.
    /// - Throws: `QueueError`, `PostgresError`; `CancellationError` when the worker went away while waiting.
    package func exchange(_ request: LeaseRequest, for agency: String, worker: String) async throws -> LeaseAnswer {
        var turn = Turn(worker: worker, agency: agency)
        turn.done = request.acknowledge.map { Grant(id: $0.id, token: $0.token) }
        turn.failed = request.fail.map { failure in
            TaskFailure(
                Grant(id: failure.id, token: failure.token),
                error: failure.error,
                failure.retryAfterSeconds.map { .retry(after: .seconds($0)) } ?? .backOff
            )
        }
        turn.extended = request.extend.map { Grant(id: $0.id, token: $0.token) }
        turn.extensionTerm = .seconds(request.leaseSeconds)
        if request.max > 0 {
            turn.demand = Turn.Demand(of: [agency], amount: request.max, term: .seconds(request.leaseSeconds))
        }
        let answer = try await queue.exchange(turn, patience: .seconds(request.waitSeconds))
        return LeaseAnswer(tasks: answer.tasks, refused: answer.refused)
    }
}

extension Grant {
    fileprivate init(id: Int, token: Int) {
        self.init(task: TaskNumber(Int64(id)), token: FencingToken(Int64(token)))
    }
}
