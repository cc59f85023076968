import EventSourcing
import Logging
import Postgres

/// The session of the dispatcher that leads: it holds the lock, and nobody else's writes steps.
struct DispatchSession: Sendable {
    /// What a look at the database brought.
    struct Look: Sendable {
        var snapshot = NumberHorizon.Snapshot(xmin: 0, bound: nil)
        /// By the database's clock.
        var now = Timestamp(microseconds: 0)
        /// Differs from the one before when tasks that are stored, or limits, were changed.
        var changes: Int64 = 0
        var tasks: [EnqueuedTask] = []
    }

    /// How many new tasks a look brings at most, and how many of gaps.
    static let lookLimit = 5_000

    let connection: Connection
    let epoch: Int64
    let lastStep: Int64

    /// Leads, unless somebody else does.
    ///
    /// - Throws: `PostgresError`.
    static func open(
        _ connecting: ConnectionConfiguration,
        process: String,
        leadership: Leadership,
        logger: Logger
    ) async throws(PostgresError) -> (session: DispatchSession, segment: Int16, changes: Int64)? {
        let connection = try await Connection.connect(connecting, logger: logger)
        do throws(PostgresError) {
            let outcome = try await leadership.stand(in: connection)
            if outcome == .otherEnded {
                logger.warning("the dispatcher that led stood still: its session was ended")
            }
            guard outcome == .leads else {
                await connection.close()
                return nil
            }
            let (epoch, segment, step, changes, _) = try await connection.query(DispatchSQL.begin, process)[0].decode(
                Int64.self,
                Int16.self,
                Int64.self,
                Int64.self,
                PostgresTimestamp.self
            )
            return (DispatchSession(connection: connection, epoch: epoch, lastStep: step), segment, changes)
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Reads what is new after a horizon, and what was missing below it.
    func look(
        above number: Int64,
        gaps: [NumberHorizon.Gap],
        needsBound: Bool = false
    ) async throws(PostgresError) -> Look {
        let rows = try await connection.query(
            DispatchSQL.look,
            number,
            gaps.map(\.first),
            Int32(Self.lookLimit),
            gaps.map(\.last),
            needsBound
        )
        var look = Look()
        look.tasks.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            if index == 0 {
                let (xmin, bound, now, changes) = try row.decode(
                    Int64.self,
                    Int64?.self,
                    PostgresTimestamp.self,
                    Int64.self
                )
                look.snapshot = NumberHorizon.Snapshot(xmin: xmin, bound: bound)
                look.now = Timestamp(now)
                look.changes = changes
            }
            guard !row.isNull(4) else { continue }
            look.tasks.append(try EnqueuedTask(row, from: 4, payload: 14))
        }
        return look
    }

    /// Shows that the session is used, for as long as it is needed: whoever stands by ends one that is not.
    ///
    /// - Parameters:
    ///   - isNeeded: asked before each statement and after `end` is set. A cancelled statement would close the connection,
    ///     so the end is told this way.
    func keepUsed(
        every interval: Duration,
        until end: Signal,
        while isNeeded: @Sendable () -> Bool
    ) async throws {
        while isNeeded() {
            try await prove()
            try await end.wait(until: .now + interval)
        }
    }

    /// Throws unless the session, and with it the lock, is there still: for what is said although nothing is written.
    func prove() async throws(PostgresError) { try await Leadership.prove(in: connection) }

    /// Writes what was decided, in one transaction; nobody may hear of it before this returns.
    func write(_ steps: [Step], _ burials: [Burial]) async throws(PostgresError) {
        var calls = [Call(DispatchSQL.write, parameters: Self.parameters(steps))]
        if !burials.isEmpty {
            calls.append(
                Call(
                    DispatchSQL.bury,
                    burials.map(\.number),
                    burials.map(\.segment),
                    burials.map(\.attempts),
                    burials.map(\.error)
                )
            )
        }
        if calls.count == 1 {
            _ = try await connection.query(calls[0])
        } else {
            for result in try await connection.pipeline(calls) { _ = try result.get() }
        }
    }

    private static func parameters(_ steps: [Step]) -> Parameters {
        var tasks: [Int64] = []
        var (first, last): ([Int32], [Int32]) = ([], [])
        first.reserveCapacity(steps.count)
        last.reserveCapacity(steps.count)
        for step in steps {
            first.append(Int32(tasks.count + 1))
            tasks += step.tasks
            last.append(Int32(tasks.count))
        }
        return Parameters(
            steps.map(\.number),
            steps.map(\.segment),
            steps.map(\.kind.rawValue),
            steps.map(\.lease),
            tasks,
            first,
            last,
            steps.map { PostgresTimestamp(microsecondsSince1970: $0.at) },
            steps.map { step in step.until.map { PostgresTimestamp(microsecondsSince1970: $0) } },
            steps.map(\.worker),
            steps.map(\.session),
            steps.map(\.note)
        )
    }

    /// Enqueues the task of a schedule, and notes for which time, in one transaction.
    func fire(_ schedule: Schedule, _ task: NewTask, due: Timestamp) async throws(PostgresError) {
        let enqueue = Call(
            QueueSQL.enqueue,
            [task.agency],
            [task.kind],
            [task.uniqueKey],
            [task.priority],
            [PostgresTimestamp.negativeInfinity],
            [Int64?.none],
            [task.payload]
        )
        let note = Call(QueueSQL.fired, schedule.name, PostgresTimestamp(due))
        for result in try await connection.pipeline([enqueue, note]) { _ = try result.get() }
    }

    // MARK: Keeping

    /// Writes down what happened since the last time, with the step up to which it is counted.
    func count(_ counts: [LaneCounts], through step: Int64) async throws(PostgresError) {
        guard !counts.isEmpty else { return }
        try await connection.execute(
            DispatchSQL.count,
            counts.map(\.agency),
            counts.map(\.kind),
            counts.map { Int64($0.counts.leased) },
            counts.map { Int64($0.counts.done) },
            counts.map { Int64($0.counts.withheld) },
            counts.map { Int64($0.counts.retried) },
            counts.map { Int64($0.counts.dead) },
            counts.map(\.counts.waited),
            counts.map(\.counts.longestWait),
            step
        )
    }

    /// Writes down what must outlast the steps of a segment that is going to be emptied.
    func keep(_ counts: [LaneCounts], _ gauges: [StoredGauge], through step: Int64) async throws(PostgresError) {
        try await count(counts, through: step)
        if !gauges.isEmpty {
            try await connection.execute(
                DispatchSQL.gauge,
                gauges.map(\.agency),
                gauges.map { $0.kind ?? "*" },
                gauges.map(\.fullAt),
                step
            )
        }
    }

    /// Notes a number that steps of emptied segments do not exceed.
    func note(step: Int64) async throws(PostgresError) { try await connection.execute(DispatchSQL.noteStep, step) }

    /// Writes down how the lanes stand, for whoever asked.
    func report(_ lanes: [DispatchState.LaneStanding], by process: String) async throws(PostgresError) {
        let report = Call(
            DispatchSQL.reportLanes,
            lanes.map(\.agency),
            lanes.map(\.kind),
            lanes.map { Int64($0.ready) },
            lanes.map { Int64($0.scheduled) },
            lanes.map { Int64($0.leased) },
            lanes.map { lane in lane.oldest.map { PostgresTimestamp(microsecondsSince1970: $0) } },
            process
        )
        for result in try await connection.pipeline([Call(DispatchSQL.forgetLanes), report]) { _ = try result.get() }
    }

    /// Lets new tasks go to another segment, which is made when it is not there.
    func switchSegment(to segment: Int16) async throws(PostgresError) {
        _ = try await connection.query(DispatchSQL.addSegment, segment)
        // In a transaction of its own: a commit is visible a moment before others are told that a table has a new
        // partition, and who reads the number in that moment would find none to write to.
        _ = try await connection.query(DispatchSQL.switchSegment, segment)
    }

    /// Writes tasks of one segment again into another.
    ///
    /// - Returns: those that were; others are being changed.
    func carry(
        _ tasks: [CarriedTask],
        from old: Int16,
        to new: Int16
    ) async throws(PostgresError) -> [CarriedTask] {
        let rows = try await connection.query(
            DispatchSQL.carry,
            new,
            old,
            tasks.map(\.number),
            tasks.map { PostgresTimestamp(microsecondsSince1970: $0.due) },
            tasks.map(\.attempts)
        )
        var numbers: Set<Int64> = []
        for row in rows { numbers.insert(try row.value(0, as: Int64.self)) }
        return tasks.filter { numbers.contains($0.number) }
    }
}

/// What happened in one lane.
struct LaneCounts: Sendable, Hashable {
    let agency: String
    let kind: String
    let counts: Lane.Counts
}

/// A task that is written again.
struct CarriedTask: Sendable, Hashable {
    let number: Int64
    let place: Int
    /// Microseconds since 1970.
    let due: Int64
    let attempts: Int32
}
