/// What a worker says in one round trip: what became of the tasks it had, and what it can take now.
package struct Turn: Sendable, Hashable {
    /// Tasks a worker can take.
    package struct Demand: Sendable, Hashable {
        /// How many of one agency's.
        package struct Share: Sendable, Hashable {
            package let agency: String
            package let amount: Int

            package init(agency: String, amount: Int) {
                self.agency = agency
                self.amount = amount
            }
        }

        /// Whose tasks, and how many of each agency's at most.
        package var shares: [Share]
        /// How many at most, of all of them together.
        package var amount: Int
        /// Until when the worker must have ended, failed or extended the lease.
        package var term: Duration
        /// The lease ends with this process as well: its tasks are back within seconds when it dies. Otherwise only the
        /// term ends it, as for workers elsewhere, who may reach the queue through another process next time.
        package var endsWithProcess: Bool

        package init(_ shares: [Share], amount: Int, term: Duration, endsWithProcess: Bool = false) {
            self.shares = shares
            self.amount = amount
            self.term = term
            self.endsWithProcess = endsWithProcess
        }

        /// Any of some agencies' tasks.
        package init(of agencies: [String], amount: Int, term: Duration, endsWithProcess: Bool = false) {
            self.init(
                agencies.map { Share(agency: $0, amount: amount) },
                amount: amount,
                term: term,
                endsWithProcess: endsWithProcess
            )
        }
    }

    /// Who works, for people who look at the queue.
    package var worker: String
    /// Tasks of other agencies are refused; nil for a worker of all.
    package var agency: String?
    package var done: [Grant] = []
    /// Ended on purpose without being handed over.
    package var withheld: [Grant] = []
    /// Why.
    package var reason: String?
    package var failed: [TaskFailure] = []
    /// Leases that shall last at least `extensionTerm` from now, with all the tasks that were leased together.
    package var extended: [Grant] = []
    package var extensionTerm = Duration.zero
    package var demand: Demand?

    package init(worker: String, agency: String? = nil) {
        self.worker = worker
        self.agency = agency
    }
}

/// What a worker is told.
package struct TurnAnswer: Sendable, Hashable {
    /// Tasks of the worker's that were not its own any more: whatever it did with them will be, or was, done again.
    package var refused: [Grant] = []
    /// The order is that in which they should be done.
    package var tasks: [LeasedTask] = []

    package init(refused: [Grant] = [], tasks: [LeasedTask] = []) {
        self.refused = refused
        self.tasks = tasks
    }
}
