package import EventLog
import EventSourcing
package import Evidence
import Records

/// Writes the evidence of a log, and its events, into a directory from which all of it can be proven without the log.
///
/// What is in the directory already and cannot have changed is left as it is: an export that was interrupted goes on, and
/// an old one grows.
package struct EvidenceExport: Sendable {
    private static let checkpointPage = 1_000

    private let log: Log
    private let seals: Seals
    private let directory: ExportDirectory

    package init(log: Log, directory: String) {
        self.log = log
        seals = Seals(log: log)
        self.directory = ExportDirectory(path: directory)
    }

    /// Writes everything up to the newest checkpoint, and that last.
    ///
    /// - Throws: `ExportError`, `LogError`, `PostgresError`.
    package func run(progress: (AuditProgress) -> Void = { _ in }) async throws -> SignedCheckpoint {
        guard let latest = try await seals.latest() else { throw ExportError.nothingSealed }
        let checkpoint: SignedCheckpoint
        do {
            checkpoint = try latest.signed()
        } catch {
            throw ExportError.damaged("checkpoint \(latest.size): \(error)")
        }
        let size = checkpoint.head.size
        try directory.remove(ExportLayout.checkpoint)
        let start = ContinuousClock.now
        for index in 0..<(size + Tile.fullWidth - 1) / Tile.fullWidth {
            try await writeSlot(TileSlot(index: index, width: min(Tile.fullWidth, size - index * Tile.fullWidth)))
            progress(
                AuditProgress(
                    events: min(size, (index + 1) * Tile.fullWidth),
                    totalEvents: size,
                    elapsed: .now - start
                )
            )
        }
        var hashes = size / Tile.fullWidth
        var level = 1
        while hashes > 0 {
            for index in 0..<(hashes + Tile.fullWidth - 1) / Tile.fullWidth {
                let width = min(Tile.fullWidth, hashes - index * Tile.fullWidth)
                try await writeTile(Tile(level: level, slot: TileSlot(index: index, width: width)))
            }
            hashes /= Tile.fullWidth
            level += 1
        }
        try directory.write(try await checkpointLines(through: size), to: ExportLayout.checkpoints)
        let keys = try await seals.keys().map { "\($0)\n" }.joined()
        try directory.write(Array(keys.utf8), to: ExportLayout.keys)
        try directory.write(Array(checkpoint.encoded.utf8), to: ExportLayout.checkpoint)
        return checkpoint
    }

    /// Hashes, entries and contents of up to 256 events; the hashes last.
    private func writeSlot(_ slot: TileSlot) async throws {
        let tile = Tile(level: 0, slot: slot)
        guard !directory.holds(ExportLayout.tile(tile), byteCount: slot.width * TreeHash.byteCount) else { return }
        let events = try await log.events(after: Position(Int64(slot.index * Tile.fullWidth)), limit: slot.width)
        guard events.count == slot.width else {
            throw ExportError.damaged("position \(slot.index * Tile.fullWidth + events.count + 1) is missing")
        }
        try directory.write(EventContents.encode(events), to: ExportLayout.contents(slot))
        try directory.write(EntryBundle.encode(events.map { EventEntry($0).encoded }), to: ExportLayout.entries(slot))
        try await writeTile(tile)
    }

    private func writeTile(_ tile: Tile) async throws {
        guard !directory.holds(ExportLayout.tile(tile), byteCount: tile.slot.width * TreeHash.byteCount) else { return }
        guard let hashes = try await seals.hashes(of: tile) else {
            throw ExportError.damaged("\(tile.path) is missing")
        }
        try directory.write(hashes.concatenated, to: ExportLayout.tile(tile))
    }

    private func checkpointLines(through size: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var after = 0
        while after < size {
            let page = try await seals.checkpoints(after: after, limit: Self.checkpointPage)
            guard let last = page.last else { break }
            for stored in page where stored.size <= size {
                let note = stored.note + stored.cosignatures.map { "\($0)\n" }.joined()
                bytes += AuditedCheckpoint.record.encode(AuditedCheckpoint(size: stored.size, note: note))
                bytes.append(UInt8(ascii: "\n"))
            }
            after = last.size
        }
        return bytes
    }
}
