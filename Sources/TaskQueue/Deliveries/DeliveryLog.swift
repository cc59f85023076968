import EventSourcing
package import Logging
import Metrics
import Postgres
import Synchronization

/// Writes deliveries down, in batches beside the work: whoever adds one waits for nothing.
///
/// What was added within the last moments is lost when the process is killed; the tasks themselves are not.
package final class DeliveryLog: Sendable {
    /// How much is kept.
    package struct Retention: Hashable, Sendable {
        /// One of four segments; the newest three, at least, are there.
        package var rowsOfSegment: Int64 = 250_000
        package var spanOfSegment = Duration.seconds(10 * 86_400)

        package init() {}
    }

    /// Further ones push the oldest out when the database does not take them.
    static let maximumWaiting = 10_000
    private static let batch = 1_000
    private static let gathering = Duration.milliseconds(100)
    private static let retryInterval = Duration.seconds(1)
    private static let turnInterval = Duration.seconds(60)

    private let pool: ConnectionPool
    private let retention: Retention
    private let logger: Logger
    private let waiting = Mutex<[Delivery]>([])
    private let added = Signal()

    package init(queue: Queue, retention: Retention = Retention(), logger: Logger) {
        pool = queue.pool
        self.retention = retention
        self.logger = logger
    }

    package func add(_ delivery: Delivery) {
        let lost = waiting.withLock { waiting in
            waiting.append(delivery)
            guard waiting.count > Self.maximumWaiting else { return false }
            waiting.removeFirst()
            return true
        }
        if lost { Counter(label: "muster_deliveries_unlogged_total").increment() }
        added.set()
    }

    /// Writes until the task is cancelled. Call `flush()` after that.
    package func run() async {
        var nextTurn = ContinuousClock.now
        while !Task.isCancelled {
            await added.wait()
            do {
                try await Task.sleep(for: Self.gathering)
                try await flush()
                guard ContinuousClock.now >= nextTurn else { continue }
                nextTurn = .now + Self.turnInterval
                try await turn()
            } catch {
                if Task.isCancelled { return }
                logger.warning("deliveries are not written down yet", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: Self.retryInterval)
                added.set()
            }
        }
    }

    /// Writes what there is. What could not be written stays for the next time.
    package func flush() async throws {
        while true {
            let batch = waiting.withLock { waiting in
                let batch = Array(waiting.prefix(Self.batch))
                waiting.removeFirst(batch.count)
                return batch
            }
            guard !batch.isEmpty else { return }
            do {
                try await write(batch)
            } catch {
                waiting.withLock { $0.insert(contentsOf: batch.suffix(max(0, Self.maximumWaiting - $0.count)), at: 0) }
                throw error
            }
        }
    }

    private func write(_ batch: [Delivery]) async throws(PostgresError) {
        try await pool.execute(
            DeliverySQL.insert,
            batch.map(\.agency),
            batch.map(\.task.rawValue),
            batch.map(\.message),
            batch.map(\.attempt),
            batch.map { PostgresTimestamp($0.startedAt) },
            batch.map(\.duration.wholeMicroseconds),
            batch.map { $0.status.map { Int16(clamping: $0) } },
            batch.map { Int64($0.answerBytes) },
            batch.map(\.outcome.rawValue),
            batch.map { $0.note?.storable },
            batch.map { $0.circuit.map { PostgresTimestamp($0.since) } },
            batch.map { $0.circuit.map { PostgresTimestamp($0.probeAt) } }
        )
    }

    /// Begins the next segment when it is time, and truncates what was in it.
    func turn() async throws {
        _ = try await pool.transaction { connection in
            try await connection.execute(DispatchSQL.impatient)
            return try await connection.query(
                DeliverySQL.turn,
                retention.rowsOfSegment,
                retention.spanOfSegment.inSeconds
            )
        }
    }
}
