import Foundation
package import Postgres

extension Queue {
    // MARK: Dead letters

    /// Dead letters after a number, in the order they were enqueued, at most `limit` (1…1,000).
    ///
    /// - Parameter agency: nil for those of all.
    package func deadLetters(
        of agency: String? = nil,
        after: TaskNumber = TaskNumber(0),
        limit: Int
    ) async throws(PostgresError) -> [DeadLetter] {
        let rows = try await pool.query(
            QueueSQL.deadLetters,
            after.rawValue,
            Int32(clamping: min(max(limit, 1), 1_000)),
            agency
        )
        var letters: [DeadLetter] = []
        for row in rows { letters.append(try DeadLetter(row)) }
        return letters
    }

    /// Makes new tasks of dead letters, due at once and with all their attempts.
    ///
    /// - Parameter payload: takes the place of what was in them; nil leaves it.
    /// - Returns: the new tasks' numbers; none for numbers that were no dead letters.
    /// - Throws: `InvalidTask` for a payload that no task may have, `PostgresError`. Nothing is sent then.
    package func resend(_ letters: [TaskNumber], payload: [UInt8]? = nil) async throws -> [TaskNumber] {
        let numbers = letters.map(\.rawValue)
        let enqueued = try await pool.transaction { connection in
            var taken: [DeadLetter] = []
            for row in try await connection.query(QueueSQL.takeDeadLetters, numbers) {
                taken.append(try DeadLetter(row))
            }
            taken.sort { $0.task < $1.task }
            let tasks = try taken.map { letter in
                try NewTask(
                    agency: letter.agency,
                    kind: letter.kind,
                    uniqueKey: letter.uniqueKey,
                    payload: payload ?? Array(letter.payload.utf8),
                    priority: letter.priority
                )
            }
            return try await enqueue(tasks, insteadOf: taken.map(\.task), in: connection)
        }
        announce(enqueued)
        return enqueued.numbers
    }

    // MARK: Limits

    package func limits() async throws -> QueueLimits {
        try await QueueReader(pool: pool).limits()
    }

    /// Sets what bounds the tasks of a scope; nil lets the wider scope's limit hold.
    package func setLimit(_ limit: QueueLimit?, for scope: QueueLimits.Scope) async throws {
        try await pool.transaction { connection in
            let (agency, kind) = (scope.agency ?? "*", scope.kind ?? "*")
            if let limit {
                try await connection.execute(
                    QueueSQL.setLimit,
                    agency,
                    kind,
                    limit.concurrency,
                    limit.rate?.tasks,
                    limit.rate?.seconds,
                    limit.rate?.burst,
                    limit.isPaused
                )
            } else {
                try await connection.execute(QueueSQL.removeLimit, agency, kind)
            }
            try await connection.execute(QueueSQL.change)
        }
        look()
    }

    /// Sets how many tasks of a scope are with workers at a time and start in a time; neither lets the wider scope's limit
    /// hold. Whether the scope is paused stays as it is, also when somebody pauses it meanwhile.
    package func setBounds(concurrency: Int32?, rate: Rate?, for scope: QueueLimits.Scope) async throws {
        try await pool.transaction { connection in
            let (agency, kind) = (scope.agency ?? "*", scope.kind ?? "*")
            if concurrency != nil || rate != nil {
                try await connection.execute(
                    QueueSQL.setBounds,
                    agency,
                    kind,
                    concurrency,
                    rate?.tasks,
                    rate?.seconds,
                    rate?.burst
                )
            } else {
                try await connection.execute(QueueSQL.removeBounds, agency, kind)
            }
            try await connection.execute(QueueSQL.change)
        }
        look()
    }

    /// Stops handing out an agency's tasks, or lets it go on. What is with workers may be ended.
    package func pause(_ agency: String, _ isPaused: Bool) async throws {
        try await pool.transaction { connection in
            try await connection.execute(QueueSQL.pause, agency, isPaused)
            try await connection.execute(QueueSQL.change)
        }
        look()
    }

    // MARK: Schedules

    /// The schedules by name.
    package func schedules() async throws -> [Schedule] {
        try await QueueReader(pool: pool).schedules()
    }

    /// Sets a schedule, in the place of one of the same name. Its times count from now on, whatever its `lastDue`.
    package func setSchedule(_ schedule: Schedule) async throws {
        try await pool.transaction { connection in
            try await connection.execute(
                QueueSQL.setSchedule,
                schedule.name,
                schedule.cron.text,
                schedule.zone.identifier,
                schedule.agency,
                schedule.kind,
                schedule.priority,
                schedule.payload
            )
            try await connection.execute(QueueSQL.change)
        }
        look()
    }

    /// Ends a schedule; returns whether there was one. What it has enqueued stays.
    package func removeSchedule(_ name: String) async throws -> Bool {
        let count = try await pool.transaction { connection in
            let count = try await connection.execute(QueueSQL.removeSchedule, name)
            try await connection.execute(QueueSQL.change)
            return count
        }
        look()
        return count > 0
    }

    // MARK: Erasure

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
    /// returns how many were changed. Members that a payload does not have are not added. Reads every task.
    ///
    /// Call `look()` after the commit, so that the dispatcher forgets at once what it remembers of payloads.
    /// - Parameter kind: nil for tasks of every kind.
    @discardableResult
    package func overwrite(
        _ members: Members,
        kind: String?,
        with text: String,
        in transaction: Connection
    ) async throws(PostgresError) -> Int {
        var count = 0
        // The second time for rows that were written again into another segment while the first waited for them.
        for statement in [QueueSQL.overwriteTasks, QueueSQL.overwriteTasks, QueueSQL.overwriteDeadLetters] {
            count += try await transaction.execute(statement, members.key, members.value, kind, members.names, text)
        }
        try await transaction.execute(QueueSQL.change)
        return count
    }
}

extension DeadLetter {
    init(_ row: Row) throws(PostgresError) {
        self.init(
            task: TaskNumber(try row.value(0, as: Int64.self)),
            agency: try row.value(1, as: String.self),
            kind: try row.value(2, as: String.self),
            uniqueKey: try row.value(3, as: String?.self),
            payload: try row.value(4, as: String.self),
            priority: try row.value(5, as: Int16.self),
            attempts: try row.value(6, as: Int32.self),
            error: try row.value(7, as: String.self),
            enqueuedAt: .init(try row.value(8, as: PostgresTimestamp.self)),
            diedAt: .init(try row.value(9, as: PostgresTimestamp.self))
        )
    }
}
