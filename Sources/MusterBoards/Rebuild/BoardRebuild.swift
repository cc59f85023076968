package import EventLog
package import EventSourcing
package import Postgres

/// Makes the stored rows of a board anew, from the first event on, beside those that people read; then compares both at
/// one position and lets people read the new ones.
///
/// Nothing of this is seen until the last step, which is one transaction. A rebuild that ends before it, however it does,
/// leaves the board as it was; the next one begins again.
package struct BoardRebuild: Sendable {
    /// What becomes of the new rows.
    package enum Purpose: Sendable {
        /// People read them once they are proven to be those that they read now.
        case replaceWhenEqual
        /// People read them, whatever they are.
        case replace
        /// They are compared and thrown away.
        case compare
    }

    /// What may be set.
    package struct Configuration: Sendable {
        /// How long a rebuild that fell silent keeps others out.
        package var leaseTime: Duration = .seconds(15)
        /// How many rows go into one statement.
        package var rowsPerWrite = 2_000
        /// With fewer events than this to go, the live writer is made to wait for the rest.
        package var lastStretch = 2_000
        package var purpose = Purpose.replaceWhenEqual

        package init() {}
    }

    private let events: @Sendable (Position, Int) async throws -> [RecordedEvent]
    private let tail: @Sendable () async throws -> Position
    private let pool: ConnectionPool
    private let holder: String
    private let configuration: Configuration

    /// - Parameter holder: names this process among all, as host, process number and start time; never used twice.
    package init(log: Log, holder: String, configuration: Configuration = Configuration()) {
        self.init(
            pool: log.pool,
            holder: holder,
            configuration: configuration,
            tail: { try await log.tail() },
            events: { try await log.events(after: $0, limit: $1) }
        )
    }

    /// - Parameters:
    ///   - pool: connections bound to the schema of the log's boards.
    ///   - events: the events after a position, dense and in order, at most so many.
    package init(
        pool: ConnectionPool,
        holder: String,
        configuration: Configuration = Configuration(),
        tail: @escaping @Sendable () async throws -> Position,
        events: @escaping @Sendable (Position, Int) async throws -> [RecordedEvent]
    ) {
        self.pool = pool
        self.holder = holder
        self.configuration = configuration
        self.tail = tail
        self.events = events
    }

    /// Makes a board anew.
    ///
    /// - Parameters:
    ///   - progress: is told of each page of events.
    ///   - waiting: is told once who makes this board already. Its lease is waited out, as it may have been killed.
    /// - Throws: `RebuildError`, what the log and the database throw, `CancellationError`.
    package func run(
        _ board: String,
        progress: (RebuildProgress) -> Void = { _ in },
        waiting: (String) -> Void = { _ in }
    ) async throws -> RebuildReport {
        guard let board = BoardCatalogue.board(named: board) else { throw RebuildError.noSuchBoard(board) }
        return try await run(board, progress, waiting)
    }

    /// Lets people read the rows that they read before the last rebuild, at once.
    ///
    /// - Returns: version and position of these rows.
    package func goBack(_ board: String) async throws -> (version: Int, position: Position) {
        guard let board = BoardCatalogue.board(named: board) else { throw RebuildError.noSuchBoard(board) }
        return try await generations(of: board).goBack()
    }

    func generations(of board: any Board.Type) -> BoardGenerations {
        BoardGenerations(
            table: BoardRowsTable(
                pool: pool,
                board: board.name,
                version: Int32(clamping: board.version),
                holder: holder,
                leaseTime: configuration.leaseTime
            )
        )
    }

    private func run<B: Board>(
        _: B.Type,
        _ progress: (RebuildProgress) -> Void,
        _ waiting: (String) -> Void
    ) async throws -> RebuildReport {
        let generations = generations(of: B.self)
        let lease = try await begin(generations, waiting)
        do {
            let report = try await make(B.self, generations, lease, progress)
            if !report.isLive { try await generations.abandon(lease) }
            // Whoever is interrupted here has left work for the next rebuild, and nothing else.
            try await generations.clean()
            return report
        } catch {
            // Shielded from the cancellation that may have brought us here, and awaited.
            await Task {
                do {
                    try await withDeadline(.seconds(2)) { try await generations.abandon(lease) }
                } catch {
                    // Then the lease ends by itself, and the next rebuild removes what this one has left.
                }
            }.value
            throw error
        }
    }

    /// Waits out the lease of a rebuild that was killed.
    private func begin(
        _ generations: BoardGenerations,
        _ waiting: (String) -> Void
    ) async throws -> BoardRowsTable.Lease {
        let end = ContinuousClock.now + configuration.leaseTime * 2
        var isToldOf: String?
        while true {
            let maker: String
            switch try await generations.begin() {
            case .begun(let lease): return lease
            case .held(let holder): maker = holder
            }
            guard ContinuousClock.now < end else {
                throw RebuildError.underway(board: generations.table.board, holder: maker)
            }
            if isToldOf != maker { waiting(maker) }
            isToldOf = maker
            try await Task.sleep(for: min(.milliseconds(500), configuration.leaseTime / 4))
        }
    }

    private func make<B: Board>(
        _: B.Type,
        _ generations: BoardGenerations,
        _ lease: BoardRowsTable.Lease,
        _ progress: (RebuildProgress) -> Void
    ) async throws -> RebuildReport {
        var making = Making<B>(generations: generations, lease: lease, rowsPerWrite: configuration.rowsPerWrite)
        let start = ContinuousClock.now
        var outcome: (live: BoardGenerations.Live?, parity: RowParity?)?
        var attempts = 0
        while true {
            try await catchUp(&making, start, progress)
            let isLive = try await makeLive(&making, &outcome)
            guard let outcome else {
                attempts += 1
                guard attempts < 100 else { throw RebuildError.notCaughtUp(board: B.name, position: making.position) }
                // The live rows went on meanwhile, or stand behind and their writer has yet to come.
                try await Task.sleep(for: .milliseconds(attempts < 10 ? 1 : 300))
                continue
            }
            return RebuildReport(
                board: B.name,
                version: B.version,
                storedVersion: outcome.live?.version,
                position: making.position,
                events: Int(making.position.rawValue),
                duration: ContinuousClock.now - start,
                parked: making.parked.count,
                storedParked: outcome.live?.parked ?? 0,
                parity: outcome.parity,
                isLive: isLive
            )
        }
    }

    /// Folds up to where the live rows stand, or to the log's end where there are none, and writes all rows once.
    private func catchUp<B: Board>(
        _ making: inout Making<B>,
        _ start: ContinuousClock.Instant,
        _ progress: (RebuildProgress) -> Void
    ) async throws {
        let keeper = LeaseKeeper(making.generations, making.lease)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await keeper.run() }
            defer { group.cancelAll() }
            let goal = try await goal(making.generations)
            try await fold(&making, through: goal) { position in
                if keeper.isLost { throw RebuildError.leaseLost(board: B.name) }
                let seconds = (ContinuousClock.now - start) / .seconds(1)
                progress(
                    RebuildProgress(
                        position: position,
                        goal: goal,
                        eventsPerSecond: seconds > 0 ? Double(position.rawValue) / seconds : 0
                    )
                )
            }
            try await making.writeAll()
        }
    }

    private func isWanted(_ parity: RowParity?) -> Bool {
        switch configuration.purpose {
        case .replaceWhenEqual: parity?.isEqual ?? true
        case .replace: true
        case .compare: false
        }
    }

    private func goal(_ generations: BoardGenerations) async throws -> Position {
        guard let live = try await generations.live(), live.position > .origin else { return try await tail() }
        return live.position
    }

    private func fold<B: Board>(
        _ making: inout Making<B>,
        through goal: Position,
        _ onPage: (Position) throws -> Void = { _ in }
    ) async throws {
        let reached = try await FactPages(events).read(after: making.position, through: goal) { page in
            making.take(page)
            try onPage(page.last)
            try Task.checkCancellation()
        }
        guard max(reached, making.position) >= goal else {
            throw RebuildError.logTooShort(board: B.name, stored: goal, tail: reached)
        }
    }

    /// The last step. `outcome` stays nil when the live rows have gone too far ahead for it.
    private func makeLive<B: Board>(
        _ making: inout Making<B>,
        _ outcome: inout (live: BoardGenerations.Live?, parity: RowParity?)?
    ) async throws -> Bool {
        let (generations, lease) = (making.generations, making.lease)
        do {
            return try await generations.makeLive(lease) { live in
                // The origin where nothing was ever stored: then there is nothing to compare with.
                let stored = live?.position ?? .origin
                let goal = stored == .origin ? making.position : stored
                guard (0...configuration.lastStretch).contains(Int(goal.rawValue - making.position.rawValue)) else {
                    return .leave
                }
                try await fold(&making, through: goal)
                let parity = live.flatMap { stored == .origin ? nil : RowParity(stored: $0.rows, made: making.rows) }
                outcome = (live, parity)
                guard isWanted(parity) else { return .leave }
                return .makeLive(making.difference, parked: making.parked.count, at: making.position)
            }
        } catch let error as PostgresError where error.isOutcomeUnknown {
            // The connection was lost over the answer to the commit: the board itself knows.
            if try await generations.isLive(lease) { return true }
            throw error
        }
    }
}

/// A board in the making, and what of it is stored.
private struct Making<B: Board> {
    let generations: BoardGenerations
    let lease: BoardRowsTable.Lease
    let rowsPerWrite: Int
    private(set) var position = Position.origin
    private(set) var parked = ParkedEvents()
    private var fold = BoardFold<B>()
    /// The rows that may not be stored as they are; nil while nothing is stored.
    private var changed: Set<String>?
    private var storedParked = 0

    init(generations: BoardGenerations, lease: BoardRowsTable.Lease, rowsPerWrite: Int) {
        self.generations = generations
        self.lease = lease
        self.rowsPerWrite = rowsPerWrite
    }

    mutating func take(_ page: FactPages.Page) {
        for fact in page.facts {
            let keys = fold.fold(fact)
            changed?.formUnion(keys)
        }
        for event in page.parked { parked.append(event) }
        position = page.last
    }

    var rows: [BoardChange.Row] { fold.board.rows().map(BoardChange.Row.init) }

    /// What makes the stored rows those of the present position.
    var difference: BoardRowsTable.Difference {
        var difference = BoardRowsTable.Difference()
        for key in changed ?? [] {
            if let row = fold.board.row(key) {
                difference.rows[key] = BoardChange.Row(row)
            } else {
                difference.removed.insert(key)
            }
        }
        difference.parked = Array(parked.first.dropFirst(storedParked))
        return difference
    }

    /// Stores every row, unless that was done before.
    mutating func writeAll() async throws {
        guard changed == nil else { return }
        let rows = fold.board.rows()
        // The first of them takes the parked events along, also where there is no row.
        for start in stride(from: 0, to: max(1, rows.count), by: rowsPerWrite) {
            var part = BoardRowsTable.Difference()
            for row in rows[start..<min(start + rowsPerWrite, rows.count)] { part.rows[row.key] = BoardChange.Row(row) }
            if start == 0 { part.parked = parked.first }
            guard try await generations.table.write(part, parked: parked.count, at: position, under: lease) else {
                throw RebuildError.leaseLost(board: B.name)
            }
        }
        changed = []
        storedParked = parked.first.count
    }
}
