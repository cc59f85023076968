import Synchronization

/// Keeps the lease of a generation in the making while nothing is written.
final class LeaseKeeper: Sendable {
    private let generations: BoardGenerations
    private let lease: BoardRowsTable.Lease
    private let lost = Atomic(false)

    init(_ generations: BoardGenerations, _ lease: BoardRowsTable.Lease) {
        self.generations = generations
        self.lease = lease
    }

    /// Whether somebody else is known to have taken over.
    var isLost: Bool { lost.load(ordering: .relaxed) }

    /// Renews until the task is cancelled or the lease is lost.
    func run() async {
        while !Task.isCancelled, !isLost {
            do {
                try await Task.sleep(for: generations.table.leaseTime / 3)
                if try await !generations.renew(lease) { lost.store(true, ordering: .relaxed) }
            } catch {
                // Cancelled, or the database did not answer: then the next turn asks again, and every write looks at the
                // lease itself.
            }
        }
    }
}
