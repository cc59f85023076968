import EventSourcing
import Postgres

/// The generations of one board's stored rows, as whoever makes a new one sees them.
///
/// A generation is made under a lease of its own, fenced like a writer's: whoever falls silent is taken over, and what it
/// still sends changes nothing. All that readers see changes in one statement of one transaction, which holds the lock on
/// the live generation; so the live writer stands still for that moment, and both sides are of one position.
struct BoardGenerations: Sendable {
    /// The rows that people read, locked.
    struct Live: Sendable {
        let generation: Int32
        let version: Int
        let position: Position
        let rows: [BoardChange.Row]
        let parked: Int
    }

    /// What to do with a generation, once the live rows are known.
    enum Decision: Sendable {
        /// Make it live, after it has been brought to a position that is not before that of the live rows.
        case makeLive(BoardRowsTable.Difference, parked: Int, at: Position)
        /// Leave everything as it is and unlock: the caller is too far behind, or does not want to.
        case leave
    }

    /// Whether a new generation was begun.
    enum Beginning: Sendable, Equatable {
        case begun(BoardRowsTable.Lease)
        /// Somebody else is making one.
        case held(by: String)
    }

    let table: BoardRowsTable

    private var board: String { table.board }
    private var pool: ConnectionPool { table.pool }

    /// Where the live rows stand, and which version made them; nil when there are none.
    func live() async throws -> (version: Int, position: Position)? {
        guard let row = try await pool.query(BoardGenerationsSQL.live, board).first else { return nil }
        let (_, version, position) = try row.decode(Int32.self, Int32.self, Int64.self)
        return (Int(version), Position(position))
    }

    // MARK: - Making

    /// Begins a new, empty generation; what others have left behind half made is removed.
    func begin() async throws -> Beginning {
        try await pool.execute(BoardGenerationsSQL.ensure, board)
        return try await pool.transaction { connection in
            let (live, generations) = try await lock(on: connection)
            if let current = generations.first(where: { $0.generation == live.generation }),
                current.version > table.version
            {
                throw RebuildError.newerIsLive(
                    board: board,
                    live: Int(current.version),
                    ours: Int(table.version)
                )
            }
            let others = generations.filter { $0.generation != live.generation && $0.generation != live.previous }
            if let maker = others.first(where: { $0.isHeld && !$0.isClosed }) {
                return .held(by: maker.holder)
            }
            try await connection.execute(BoardGenerationsSQL.drop, board, others.map(\.generation))
            let generation = live.last + 1
            try await connection.execute(BoardGenerationsSQL.number, board, generation)
            try await connection.execute(
                BoardGenerationsSQL.create,
                board,
                generation,
                table.version,
                table.holder,
                table.leaseTime.wholeMicroseconds
            )
            return .begun(BoardRowsTable.Lease(generation: generation, epoch: 1, position: .origin))
        }
    }

    /// Keeps the lease while nothing is written.
    ///
    /// - Returns: false when it is not ours any more.
    func renew(_ lease: BoardRowsTable.Lease) async throws -> Bool {
        let rows = try await pool.query(
            BoardGenerationsSQL.renew,
            board,
            lease.generation,
            lease.epoch,
            table.leaseTime.wholeMicroseconds
        )
        return rows.count == 1
    }

    /// Removes a generation that will not become live. Nothing happens when it is not ours any more.
    func abandon(_ lease: BoardRowsTable.Lease) async throws {
        try await pool.transaction { connection in
            let (live, generations) = try await lock(on: connection)
            guard live.generation != lease.generation, generations.contains(where: { $0.is(lease) }) else { return }
            try await connection.execute(BoardGenerationsSQL.drop, board, [lease.generation])
        }
    }

    /// Locks the live rows, asks what to do and does it, all in one transaction.
    ///
    /// - Returns: whether the generation is live now.
    /// - Throws: `RebuildError.leaseLost`, what `decide` throws, and `PostgresError`; when its outcome is unknown, asking
    ///   `isLive` tells.
    func makeLive(
        _ lease: BoardRowsTable.Lease,
        _ decide: (Live?) async throws -> Decision
    ) async throws -> Bool {
        do {
            return try await pool.transaction { connection in
                let (pointer, generations) = try await lock(on: connection)
                guard generations.contains(where: { $0.is(lease) }) else {
                    throw RebuildError.leaseLost(board: board)
                }
                var live: Live?
                if let current = generations.first(where: { $0.generation == pointer.generation }) {
                    live = try await read(current, on: connection)
                }
                guard case .makeLive(let difference, let parked, let position) = try await decide(live) else {
                    throw Left()
                }
                let written = try await connection.query(
                    table.writing(difference, parked: parked, at: position, under: lease)
                )
                guard try table.isWritten(written) else { throw RebuildError.leaseLost(board: board) }
                try await connection.execute(
                    BoardGenerationsSQL.makeLive,
                    board,
                    lease.generation,
                    live?.generation
                )
                if let live { try await connection.execute(BoardGenerationsSQL.close, board, live.generation) }
                try await connection.execute(BoardGenerationsSQL.open, board, lease.generation, false)
                return true
            }
        } catch is Left {
            return false
        }
    }

    /// Undoes the transaction without telling anyone of an error.
    private struct Left: Error {}

    func isLive(_ lease: BoardRowsTable.Lease) async throws -> Bool {
        guard let row = try await pool.query(BoardGenerationsSQL.live, board).first else { return false }
        return try row.value(0, as: Int32.self) == lease.generation
    }

    /// Removes what is neither live nor kept nor being made.
    func clean() async throws {
        try await pool.transaction { connection in
            let (live, generations) = try await lock(on: connection)
            let spare = generations.filter {
                $0.generation != live.generation && $0.generation != live.previous && ($0.isClosed || !$0.isHeld)
            }
            guard !spare.isEmpty else { return }
            try await connection.execute(BoardGenerationsSQL.drop, board, spare.map(\.generation))
        }
    }

    // MARK: - Going back

    /// Makes the kept generation live again, and keeps the one that was. From then on only a program that makes its
    /// version writes it, until the board is made anew.
    ///
    /// - Returns: version and position of what people read now.
    func goBack() async throws -> (version: Int, position: Position) {
        try await pool.transaction { connection in
            let (live, generations) = try await lock(on: connection)
            guard let previous = live.previous, let kept = generations.first(where: { $0.generation == previous })
            else { throw RebuildError.nothingToGoBackTo(board: board) }
            try await connection.execute(BoardGenerationsSQL.makeLive, board, previous, live.generation)
            try await connection.execute(BoardGenerationsSQL.close, board, live.generation)
            try await connection.execute(BoardGenerationsSQL.open, board, previous, true)
            return (Int(kept.version), kept.position)
        }
    }

    /// Removes the kept generation if it is of before a position: there is nothing to go back to then.
    func forgetKept(before position: Position) async throws {
        try await pool.transaction { connection in
            let (live, generations) = try await lock(on: connection)
            guard let kept = generations.first(where: { $0.generation == live.previous }), kept.position < position
            else { return }
            try await connection.execute(BoardGenerationsSQL.makeLive, board, live.generation, Int32?.none)
            try await connection.execute(BoardGenerationsSQL.drop, board, [kept.generation])
        }
    }

    // MARK: - Reading under lock

    private struct Pointer {
        let generation: Int32
        let previous: Int32?
        let last: Int32
    }

    private struct Generation {
        let generation: Int32
        let version: Int32
        let epoch: Int64
        let position: Position
        let holder: String
        /// Somebody may write it, or nobody ever will.
        let isHeld: Bool

        /// Nobody ever will.
        var isClosed: Bool { isHeld && holder.isEmpty }

        func `is`(_ lease: BoardRowsTable.Lease) -> Bool {
            generation == lease.generation && epoch == lease.epoch
        }
    }

    private func lock(on connection: Connection) async throws -> (live: Pointer, [Generation]) {
        guard let row = try await connection.query(BoardGenerationsSQL.lockLive, board).first else {
            throw RebuildError.nothingToGoBackTo(board: board)
        }
        let (generation, previous, last) = try row.decode(Int32.self, Int32?.self, Int32.self)
        let generations = try await connection.query(BoardGenerationsSQL.lock, board).map { row in
            let (generation, version, epoch, position, holder, isHeld) = try row.decode(
                Int32.self,
                Int32.self,
                Int64.self,
                Int64.self,
                String.self,
                Bool.self
            )
            return Generation(
                generation: generation,
                version: version,
                epoch: epoch,
                position: Position(position),
                holder: holder,
                isHeld: isHeld
            )
        }
        return (Pointer(generation: generation, previous: previous, last: last), generations)
    }

    private func read(_ generation: Generation, on connection: Connection) async throws -> Live {
        let rows = try await connection.query(BoardRowsSQL.rows, board, generation.generation)
        let parked = try await connection.query(BoardRowsSQL.parked, board, generation.generation)
        return Live(
            generation: generation.generation,
            version: Int(generation.version),
            position: generation.position,
            rows: try rows.map(BoardChange.Row.init(stored:)),
            parked: parked.count
        )
    }
}
