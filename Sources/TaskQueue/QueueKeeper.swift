package import Logging
import Metrics
import Postgres
import ServiceLifecycle

/// Keeps a queue in order: used-up leases become dead letters, old ended tasks go, gauges are set.
///
/// Any number of processes may run it; they share the work. Nothing waits for it: leases run out by themselves.
package struct QueueKeeper: Service {
    private let queue: Queue
    private let logger: Logger

    package init(queue: Queue, logger: Logger) {
        self.queue = queue
        self.logger = logger
    }

    /// Works until shutdown. An unreachable server is logged, and tried again at the next turn.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var agencies: Set<String> = []
            while !Task.isCancelled {
                do throws(PostgresError) {
                    try await keep(&agencies)
                } catch {
                    // A shutdown that meets it at work is no fault of the queue.
                    if !Task.isCancelled { logger.warning("queue not kept", metadata: ["error": "\(error)"]) }
                }
                // Cancelled: the loop ends.
                try? await Task.sleep(for: queue.configuration.keepingInterval)
            }
        }
    }

    /// - Parameter agencies: those that have a gauge, so that it falls to zero when nothing is open any more.
    private func keep(_ agencies: inout Set<String>) async throws(PostgresError) {
        let dead = try await queue.buryUsedUp()
        if dead > 0 {
            Counter(label: "task_queue_dead_total").increment(by: dead)
            logger.warning("tasks became dead letters: their workers never ended", metadata: ["tasks": "\(dead)"])
        }
        _ = try await queue.prune()
        let counts = try await queue.counts()
        let idle = agencies.subtracting(counts.map(\.agency)).map { QueueCount(agency: $0) }
        for count in counts + idle {
            agencies.insert(count.agency)
            let agency = [("agency", count.agency)]
            Gauge(label: "task_queue_waiting_tasks", dimensions: agency).record(count.waiting)
            Gauge(label: "task_queue_leased_tasks", dimensions: agency).record(count.leased)
            Gauge(label: "task_queue_dead_tasks", dimensions: agency).record(count.dead)
        }
    }
}
