import EventSourcing
package import Evidence
import Postgres

/// A log and its evidence as they stand in the database, for an audit.
package struct LogAudit: AuditSource {
    private let log: Log
    private let seals: Seals

    package init(log: Log) {
        self.log = log
        seals = Seals(log: log)
    }

    package func checkpoints(after size: Int, limit: Int) async throws -> [AuditedCheckpoint] {
        try await seals.checkpoints(after: size, limit: limit).map { stored in
            AuditedCheckpoint(
                size: stored.size,
                note: stored.note + stored.cosignatures.map { "\($0)\n" }.joined()
            )
        }
    }

    package func hashes(of tile: Tile) async throws -> [TreeHash]? { try await seals.hashes(of: tile) }

    package func leaves(of slot: TileSlot) async throws -> [AuditedLeaf] {
        let before = Position(Int64(slot.index * Tile.fullWidth))
        if let events = try await read(after: before, limit: slot.width).events, events.count == slot.width {
            var hasher = EntryHasher()
            return events.map { .event(hasher.leafHash(of: $0)) }
        }
        // Something is wrong here, or away: one at a time, to name it.
        let detached = try await detached(after: before, limit: slot.width)
        var leaves: [AuditedLeaf] = []
        for offset in 0..<slot.width {
            let position = before.rawValue + Int64(offset) + 1
            if detached.contains(where: { $0.contains(position) }) {
                leaves.append(.away)
                continue
            }
            let (events, fault) = try await read(after: before.advanced(by: offset), limit: 1)
            leaves.append(
                fault.map { .unreadable($0) } ?? events?.first.map { .event(EventEntry($0).leafHash) } ?? .missing
            )
        }
        return leaves
    }

    private func detached(after position: Position, limit: Int) async throws -> [ClosedRange<Int64>] {
        try await log.pool.query(SealSQL.detached, position.rawValue + 1, position.rawValue + Int64(limit)).map { row in
            let (first, last) = try row.decode(Int64.self, Int64.self)
            return first...max(first, last)
        }
    }

    /// - Returns: no events but the fault, when the rows are not what a log holds.
    private func read(after position: Position, limit: Int) async throws -> (events: [RecordedEvent]?, fault: String?) {
        do {
            return (try await log.events(after: position, limit: limit), nil)
        } catch let error as LogError {
            return (nil, "\(error)")
        } catch let error as PostgresError where error.kind == .decoding || error.kind == .server {
            return (nil, "\(error)")
        }
    }
}
