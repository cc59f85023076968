import EventSourcing
import Postgres

/// The stored rows of one board, as its writer sees them.
struct BoardRowsTable: Sendable {
    /// The right to write: good while nobody has taken a higher epoch.
    struct Lease: Sendable, Equatable {
        let epoch: Int64
        /// Up to where the stored rows had come when the lease was taken.
        let position: Position
    }

    /// What makes the stored rows those of a later position.
    struct Difference: Sendable, Equatable {
        var rows: [String: BoardChange.Row] = [:]
        var removed: Set<String> = []

        var isEmpty: Bool { rows.isEmpty && removed.isEmpty }

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

    /// Nil while another writer holds the board, or a newer version has written it.
    func acquire() async throws -> Lease? {
        let rows = try await pool.query(
            BoardRowsSQL.acquire,
            board,
            version,
            holder,
            leaseTime.wholeMicroseconds
        )
        guard let row = rows.first else { return nil }
        let (epoch, position) = try row.decode(Int64.self, Int64.self)
        return Lease(epoch: epoch, position: Position(position))
    }

    /// What has to be written so that the stored rows become `wanted`.
    func difference(to wanted: [BoardChange.Row]) async throws -> Difference {
        var difference = Difference(rows: Dictionary(wanted.map { ($0.key, $0) }) { _, last in last })
        for row in try await pool.query(BoardRowsSQL.rows, board) {
            let (key, order, json) = try row.decode(String.self, String.self, JSONText.self)
            if let row = difference.rows[key] {
                if row.order == order, row.json.elementsEqual(json.text.utf8) { difference.rows[key] = nil }
            } else {
                difference.removed.insert(key)
            }
        }
        return difference
    }

    /// Writes rows and position at once, and renews the lease.
    ///
    /// - Returns: false when the epoch is not ours any more; then nothing was written.
    func write(_ difference: Difference, at position: Position, under lease: Lease) async throws -> Bool {
        let rows = difference.rows.values.sorted { $0.key < $1.key }
        let answer = try await pool.query(
            BoardRowsSQL.write,
            board,
            lease.epoch,
            position.rawValue,
            leaseTime.wholeMicroseconds,
            difference.removed.sorted(),
            rows.map(\.key),
            rows.map(\.order),
            rows.map { JSONText(String(decoding: $0.json, as: UTF8.self)) }
        )
        return try answer.first?.value(0, as: Int64.self) == 1
    }

    func release(_ lease: Lease) async throws {
        try await pool.execute(BoardRowsSQL.release, board, lease.epoch)
    }
}
