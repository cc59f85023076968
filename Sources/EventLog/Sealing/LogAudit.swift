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
            return events.map { .event(EventEntry($0).leafHash) }
        }
        // Something is wrong here: one at a time, to name it.
        var leaves: [AuditedLeaf] = []
        for offset in 0..<slot.width {
            let (events, fault) = try await read(after: before.advanced(by: offset), limit: 1)
            leaves.append(
                fault.map { .unreadable($0) } ?? events?.first.map { .event(EventEntry($0).leafHash) } ?? .missing
            )
        }
        return leaves
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
