import EventSourcing

extension Queue {
    /// Leases what is due, waiting up to `patience` for the first task.
    ///
    /// - Returns: empty when nothing became due in time, and at once on graceful shutdown or when the task is cancelled.
    /// - Throws: `QueueError`, after which tasks may be leased to nobody: they are due again after the term.
    package func lease(_ demand: Turn.Demand, worker: String, patience: Duration = .zero) async throws -> [LeasedTask] {
        var turn = Turn(worker: worker)
        turn.demand = demand
        return try await exchange(turn, patience: patience).tasks
    }

    /// Ends tasks as done.
    ///
    /// - Returns: which were accepted. Missing are those whose lease was overtaken or which ended otherwise: whatever the
    ///   worker did will be, or was, done again. Acknowledging again under the same lease is accepted again.
    package func acknowledge(_ grants: [Grant], of agency: String? = nil) async throws -> Set<Grant> {
        var turn = Turn(worker: process, agency: agency)
        turn.done = grants
        return try await accepted(grants, in: turn)
    }

    /// Ends tasks that are deliberately not handed over; `reason` stays with them. Accepted as in `acknowledge`.
    package func withhold(_ grants: [Grant], reason: String) async throws -> Set<Grant> {
        var turn = Turn(worker: process)
        turn.withheld = grants
        turn.reason = reason
        return try await accepted(grants, in: turn)
    }

    /// Gives tasks back that could not be done, and returns which were accepted.
    package func fail(_ failures: [TaskFailure], of agency: String? = nil) async throws -> Set<Grant> {
        var turn = Turn(worker: process, agency: agency)
        turn.failed = failures
        return try await accepted(failures.map(\.grant), in: turn)
    }

    /// Lets the leases of tasks last at least `term` from now, and returns for which that was accepted.
    package func extend(_ grants: [Grant], for term: Duration, of agency: String? = nil) async throws -> Set<Grant> {
        var turn = Turn(worker: process, agency: agency)
        turn.extended = grants
        turn.extensionTerm = term
        return try await accepted(grants, in: turn)
    }

    private func accepted(_ grants: [Grant], in turn: Turn) async throws -> Set<Grant> {
        guard !grants.isEmpty else { return [] }
        return Set(grants).subtracting(try await exchange(turn).refused)
    }
}
