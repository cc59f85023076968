import EventSourcing
package import Postgres

extension Queue {
    /// Open and dead tasks per agency, in the order of the agencies' names. Reads every open task: for a metric every few
    /// seconds, not for each request.
    package func counts() async throws(PostgresError) -> [QueueCount] {
        var counts: [String: QueueCount] = [:]
        for row in try await pool.query(QueueSQL.openCounts) {
            let (agency, waiting, leased, oldest) = try row.decode(
                String.self,
                Int64.self,
                Int64.self,
                PostgresTimestamp.self
            )
            counts[agency] = QueueCount(agency: agency, waiting: waiting, leased: leased, oldest: Timestamp(oldest))
        }
        for row in try await pool.query(QueueSQL.deadCounts) {
            let (agency, dead) = try row.decode(String.self, Int64.self)
            counts[agency, default: QueueCount(agency: agency)].dead = dead
        }
        return counts.values.sorted { $0.agency < $1.agency }
    }

    /// Dead letters after a number, in the order they were enqueued, at most `limit` (1…1,000).
    package func deadLetters(after: TaskNumber = TaskNumber(0), limit: Int) async throws(PostgresError) -> [DeadLetter]
    {
        let rows = try await pool.query(
            QueueSQL.deadLetters,
            after.rawValue,
            Int32(clamping: min(max(limit, 1), 1_000))
        )
        var letters: [DeadLetter] = []
        for row in rows { letters.append(try DeadLetter(row)) }
        return letters
    }

    /// Makes dead letters wait again, due at once and with all their attempts; returns how many were dead letters.
    package func resend(_ tasks: [TaskNumber]) async throws(PostgresError) -> Int {
        try await pool.execute(QueueSQL.resend, tasks.map(\.rawValue))
    }

    /// Makes tasks whose last lease ran out dead letters; returns how many, at most 1,000 a call.
    package func buryUsedUp() async throws(PostgresError) -> Int {
        try await pool.execute(QueueSQL.buryUsedUp, configuration.attempts)
    }

    /// Removes tasks that ended longer ago than the retention, with their unique keys; returns how many, at most 1,000 a
    /// call.
    package func prune() async throws(PostgresError) -> Int {
        try await pool.execute(QueueSQL.prune, configuration.retention.inSeconds)
    }
}
