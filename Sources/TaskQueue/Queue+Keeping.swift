import EventSourcing
package import Postgres

extension Queue {
    /// Members of the payloads that are about one thing.
    package struct Members: Sendable {
        let names: [String]
        let key: String
        let value: String

        /// - Parameters:
        ///   - names: of members of the payload's object.
        ///   - key: the member that says what a payload is about.
        ///   - value: the text it must have.
        package init(_ names: [String], of key: String, _ value: String) {
            self.names = names
            self.key = key
            self.value = value
        }
    }

    /// Puts a text in the place of members of payloads, whatever state their tasks are in, in the caller's transaction;
    /// returns how many tasks there were. Members that a payload does not have are not added. Reads every task.
    ///
    /// - Parameter kind: nil for tasks of every kind.
    @discardableResult
    package func overwrite(
        _ members: Members,
        kind: String?,
        with text: String,
        in transaction: Connection
    ) async throws(PostgresError) -> Int {
        try await transaction.execute(QueueSQL.overwrite, members.key, members.value, kind, members.names, text)
    }

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
