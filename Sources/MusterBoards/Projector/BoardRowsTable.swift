import EventSourcing
import Postgres

/// The stored rows of one board, as its writer sees them.
struct BoardRowsTable: Sendable {
    /// The right to write a generation of the rows: good while nobody has taken a higher epoch.
    struct Lease: Sendable, Equatable {
        let generation: Int32
        let epoch: Int64
        /// Up to where the stored rows had come when the lease was taken.
        let position: Position
    }

    /// What makes the stored rows those of a later position.
    struct Difference: Sendable, Equatable {
        var rows: [String: BoardChange.Row] = [:]
        var removed: Set<String> = []
        /// Events that are parked and not stored as such.
        var parked: [ParkedEvent] = []
        /// Where events are that can be read now.
        var unparked: [Position] = []

        var isEmpty: Bool { rows.isEmpty && removed.isEmpty && parked.isEmpty && unparked.isEmpty }

        /// Takes in what happened after.
        mutating func merge(_ change: BoardChange) {
            for row in change.rows {
                rows[row.key] = row
                removed.remove(row.key)
            }
            for key in change.removed {
                rows[key] = nil
                removed.insert(key)
            }
        }
    }

    let pool: ConnectionPool
    let board: String
    let version: Int32
    let holder: String
    let leaseTime: Duration

    /// How far the stored rows have come; the origin when the board was never written.
    func position() async throws -> Position {
        let rows = try await pool.query(BoardRowsSQL.position, board)
        guard let row = rows.first else { return .origin }
        return Position(try row.value(0, as: Int64.self))
    }

    /// Nil while another writer holds the board, or a newer version has written it, or it is pinned to an older one.
    func acquire() async throws -> Lease? {
        let rows = try await pool.query(
            BoardRowsSQL.acquire,
            board,
            version,
            holder,
            leaseTime.wholeMicroseconds
        )
        guard let row = rows.first else { return nil }
        let (generation, epoch, position) = try row.decode(Int32.self, Int64.self, Int64.self)
        return Lease(generation: generation, epoch: epoch, position: Position(position))
    }

    /// What has to be written so that what is stored becomes what is wanted.
    func difference(
        to wanted: [BoardChange.Row],
        _ parked: ParkedEvents,
        under lease: Lease
    ) async throws -> Difference {
        var difference = Difference(rows: Dictionary(wanted.map { ($0.key, $0) }) { _, last in last })
        for row in try await pool.query(BoardRowsSQL.rows, board, lease.generation) {
            let stored = try BoardChange.Row(stored: row)
            if let row = difference.rows[stored.key] {
                if row == stored { difference.rows[stored.key] = nil }
            } else {
                difference.removed.insert(stored.key)
            }
        }
        var stored: Set<Position> = []
        for row in try await pool.query(BoardRowsSQL.parked, board, lease.generation) {
            stored.insert(Position(try row.value(0, as: Int64.self)))
        }
        difference.parked = parked.first.filter { !stored.contains($0.position) }
        difference.unparked = stored.subtracting(parked.first.map(\.position)).sorted()
        return difference
    }

    /// Writes rows, parked events and position at once, and renews the lease.
    ///
    /// - Parameter parked: how many events up to the position could not be read.
    /// - Returns: false when the epoch is not ours any more; then nothing was written.
    func write(
        _ difference: Difference,
        parked: Int,
        at position: Position,
        under lease: Lease
    ) async throws -> Bool {
        try isWritten(try await pool.query(writing(difference, parked: parked, at: position, under: lease)))
    }

    /// The call that `write` makes, for who is in a transaction; `isWritten` understands its answer.
    func writing(_ difference: Difference, parked: Int, at position: Position, under lease: Lease) -> Call {
        let rows = difference.rows.values.sorted { $0.key < $1.key }
        return Call(
            BoardRowsSQL.write,
            board,
            lease.generation,
            lease.epoch,
            position.rawValue,
            leaseTime.wholeMicroseconds,
            difference.removed.sorted(),
            rows.map(\.key),
            rows.map(\.order),
            rows.map { JSONText(String(decoding: $0.json, as: UTF8.self)) },
            Int64(parked),
            difference.unparked.map(\.rawValue),
            difference.parked.map(\.position.rawValue),
            difference.parked.map(\.stream.rawValue),
            difference.parked.map(\.type.name),
            difference.parked.map(\.type.version),
            difference.parked.map { PostgresTimestamp(microsecondsSince1970: $0.recordedAt.microseconds) },
            difference.parked.map { $0.problems.joined(separator: "\n") }
        )
    }

    func isWritten(_ answer: Rows) throws -> Bool { try answer.first?.value(0, as: Int64.self) == 1 }

    func release(_ lease: Lease) async throws {
        try await pool.execute(BoardRowsSQL.release, board, lease.generation, lease.epoch)
    }
}

extension BoardChange.Row {
    /// A row that `BoardRowsSQL.rows` has given.
    init(stored row: Row) throws {
        let (key, order, json) = try row.decode(String.self, String.self, JSONText.self)
        self.init(key: key, order: order, json: Array(json.text.utf8))
    }
}
