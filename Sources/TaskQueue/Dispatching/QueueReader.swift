import EventSourcing
import Postgres

/// What a dispatcher reads beside its session.
struct QueueReader: Sendable {
    /// A state read from the tables, and what tells which tasks are not in it.
    struct Restored: Sendable {
        let state: DispatchState
        /// The numbers of all tasks that were visible.
        let numbers: Set<Int64>
        /// No task that was enqueued before has a higher number, be it visible or not.
        let highest: Int64
        /// Segments with rows of tasks that were written again elsewhere.
        let carriedFrom: Set<Int16>
    }

    let pool: ConnectionPool

    /// Reads the whole queue, as of one moment.
    ///
    /// - Parameters:
    ///   - lastStep: no step of an emptied segment had a higher number.
    ///   - now: by the database's clock.
    func restore(
        _ configuration: QueueConfiguration,
        lastStep: Int64,
        at now: Timestamp
    ) async throws -> Restored {
        try await pool.withConnection { connection in
            // A number that is taken after this is above it, and whoever is found above all others leaves a short gap.
            let last = try await connection.query(DispatchSQL.lastNumber)[0].value(0, as: Int64.self)
            return try await connection.transaction(.repeatableReadReadOnly) { connection in
                var restoration = Restoration()
                let segments = try await Self.segments(on: connection)
                for segment in segments {
                    try await Self.readTasks(of: segment, into: &restoration, on: connection)
                    try await Self.readSteps(of: segment, into: &restoration, on: connection)
                }
                var letters: [(number: Int64, agency: String, uniqueKey: String)] = []
                for row in try await connection.query(DispatchSQL.deadKeys) {
                    letters.append(try row.decode(Int64.self, String.self, String.self))
                }
                let (numbers, carriedFrom) = (restoration.numbers, restoration.carriedFrom)
                let state = restoration.state(
                    configuration,
                    limits: try await Self.limits(on: connection),
                    gauges: try await Self.gauges(on: connection),
                    deadLetters: letters,
                    counted: try await connection.query(DispatchSQL.counted)[0].value(0, as: Int64.self),
                    lastStep: lastStep,
                    segments: segments,
                    at: now
                )
                let highest = max(last, numbers.max() ?? 0)
                return Restored(state: state, numbers: numbers, highest: highest, carriedFrom: carriedFrom)
            }
        }
    }

    private static func segments(on connection: Connection) async throws -> [Int16] {
        var segments: [Int16] = []
        for row in try await connection.query(DispatchSQL.segments) {
            segments.append(try row.value(0, as: Int16.self))
        }
        return segments
    }

    private static func readTasks(
        of segment: Int16,
        into restoration: inout Restoration,
        on connection: Connection
    ) async throws {
        var last: Int64 = 0
        while true {
            let rows = try await connection.query(DispatchSQL.tasks, segment, last)
            for row in rows {
                restoration.add(try EnqueuedTask(row, from: 0), carried: try row.value(10, as: Int32.self))
            }
            guard let row = rows.last else { return }
            last = try row.value(0, as: Int64.self)
            try Task.checkCancellation()
        }
    }

    /// By a cursor: there may be several for each task.
    private static func readSteps(
        of segment: Int16,
        into restoration: inout Restoration,
        on connection: Connection
    ) async throws {
        _ = try await connection.execute(DispatchSQL.declareSteps, segment)
        while true {
            let rows = try await connection.query(DispatchSQL.fetchSteps)
            for row in rows { restoration.add(try Step(row)) }
            if rows.isEmpty { break }
            try Task.checkCancellation()
        }
        _ = try await connection.execute(DispatchSQL.closeSteps)
    }

    private static func gauges(on connection: Connection) async throws -> [StoredGauge] {
        var gauges: [StoredGauge] = []
        for row in try await connection.query(DispatchSQL.gauges) {
            let (agency, kind, fullAt, step) = try row.decode(String.self, String.self, Int64.self, Int64.self)
            gauges.append(StoredGauge(agency: agency, kind: kind == "*" ? nil : kind, fullAt: fullAt, step: step))
        }
        return gauges
    }

    /// The schedules, but for those that were written by somebody else and make no sense here.
    func schedules() async throws -> [Schedule] {
        var schedules: [Schedule] = []
        for row in try await pool.query(QueueSQL.schedules) {
            let schedule = try? Schedule(
                name: try row.value(0, as: String.self),
                cron: try row.value(1, as: String.self),
                zone: try row.value(2, as: String.self),
                agency: try row.value(3, as: String.self),
                kind: try row.value(4, as: String.self),
                priority: try row.value(5, as: Int16.self),
                payload: try row.value(6, as: String.self),
                lastDue: Timestamp(try row.value(7, as: PostgresTimestamp.self))
            )
            if let schedule { schedules.append(schedule) }
        }
        return schedules
    }

    func limits() async throws -> QueueLimits {
        try await pool.withConnection { try await Self.limits(on: $0) }
    }

    private static func limits(on connection: Connection) async throws -> QueueLimits {
        var limits = QueueLimits()
        for row in try await connection.query(DispatchSQL.limits) {
            let (agency, kind, concurrency, tasks, seconds, burst, isPaused) = try row.decode(
                String.self,
                String.self,
                Int32?.self,
                Int32?.self,
                Int32?.self,
                Int32?.self,
                Bool.self
            )
            let scope = QueueLimits.Scope(
                agency: agency == "*" ? nil : agency,
                kind: kind == "*" ? nil : kind
            )
            limits[scope] = QueueLimit(
                concurrency: concurrency,
                rate: tasks.flatMap { Rate(tasks: $0, seconds: seconds ?? 0, burst: burst ?? 0) },
                isPaused: isPaused
            )
        }
        return limits
    }

    /// Tasks that were not visible when a state was read, whose transactions were under way then.
    ///
    /// - Parameter known: the numbers that were visible.
    func overlooked(_ known: Set<Int64>, through highest: Int64, in segments: [Int16]) async throws -> [Int64] {
        var overlooked: [Int64] = []
        for segment in segments {
            for row in try await pool.query(DispatchSQL.numbers, segment) {
                let number = try row.value(0, as: Int64.self)
                if number <= highest, !known.contains(number) { overlooked.append(number) }
            }
        }
        return overlooked
    }

    /// What tasks hold, by their numbers.
    func contents(_ tasks: [DispatchState.Granted]) async throws(PostgresError) -> [Int64: TaskContent] {
        var contents: [Int64: TaskContent] = [:]
        for row in try await pool.query(DispatchSQL.contents, tasks.map(\.segment), tasks.map(\.number)) {
            let (number, key, payload) = try row.decode(Int64.self, String?.self, String.self)
            contents[number] = TaskContent(uniqueKey: key, payload: payload)
        }
        return contents
    }

    /// Empties a segment, unless somebody reads it just now or has brought a task.
    func empty(_ segment: Int16, epoch: Int64, tasks: Int) async throws -> Bool {
        try await pool.transaction { connection in
            try await connection.execute(DispatchSQL.impatient)
            return try await connection.query(DispatchSQL.empty, segment, epoch, Int64(tasks))[0]
                .value(0, as: Bool.self)
        }
    }
}

extension EnqueuedTask {
    /// Number, segment, agency, kind, key, priority, run-at, enqueued-at, resent, attempts, from a column on.
    init(_ row: Row, from column: Int, payload: Int? = nil) throws(PostgresError) {
        number = try row.value(column, as: Int64.self)
        segment = try row.value(column + 1, as: Int16.self)
        agency = try row.value(column + 2, as: String.self)
        kind = try row.value(column + 3, as: String.self)
        uniqueKey = try row.value(column + 4, as: String?.self)
        priority = try row.value(column + 5, as: Int16.self)
        runAt = Timestamp(try row.value(column + 6, as: PostgresTimestamp.self))
        enqueuedAt = Timestamp(try row.value(column + 7, as: PostgresTimestamp.self))
        resent = try row.value(column + 8, as: Int64?.self)
        attempts = try row.value(column + 9, as: Int32.self)
        if let payload {
            content = TaskContent(uniqueKey: uniqueKey, payload: try row.value(payload, as: String.self))
        }
    }
}

extension Step {
    init(_ row: Row) throws(PostgresError) {
        let kind = try row.value(2, as: String.self)
        self.init(
            number: try row.value(0, as: Int64.self),
            segment: try row.value(1, as: Int16.self),
            // The table has no others.
            kind: Kind(rawValue: kind) ?? .extend,
            lease: try row.value(3, as: Int64.self),
            tasks: try row.value(4, as: [Int64].self),
            at: try row.value(5, as: PostgresTimestamp.self).microsecondsSince1970,
            until: try row.value(6, as: PostgresTimestamp?.self)?.microsecondsSince1970,
            worker: try row.value(7, as: String?.self),
            session: try row.value(8, as: String?.self)
        )
    }
}
