import EventSourcing
package import Evidence
import Records

/// An export as it lies in a directory, for an audit. It may be cut, changed or made up.
package struct ExportAudit: AuditSource {
    private let directory: ExportDirectory
    private let stored: [AuditedCheckpoint]

    /// - Throws: `ExportError.unfinished` when there is no newest checkpoint, `.unreadable`.
    package init(directory path: String) throws(ExportError) {
        directory = ExportDirectory(path: path)
        guard let newest = try directory.read(ExportLayout.checkpoint) else { throw .unfinished(directory: path) }
        var stored: [AuditedCheckpoint] = []
        for line in (try directory.read(ExportLayout.checkpoints) ?? []).split(separator: UInt8(ascii: "\n")) {
            // Whatever does not read is a checkpoint that cannot be read, in the place where it stands.
            let unread = AuditedCheckpoint(size: (stored.last?.size ?? 0) + 1, note: "")
            stored.append((try? AuditedCheckpoint.record.decode(Array(line))) ?? unread)
        }
        let note = String(decoding: newest, as: UTF8.self)
        if stored.last?.note != note {
            let size = (try? SignedCheckpoint(encoded: note))?.head.size
            stored.append(AuditedCheckpoint(size: size ?? (stored.last?.size ?? 0) + 1, note: note))
        }
        self.stored = stored.sorted { $0.size < $1.size }
    }

    /// The keys that the export itself names, which prove nothing about whose they are.
    package func keys() throws(ExportError) -> [NoteKey] {
        String(decoding: try directory.read(ExportLayout.keys) ?? [], as: UTF8.self)
            .split(separator: "\n")
            .compactMap { try? NoteKey(text: $0) }
    }

    /// All of them at once, whatever the limit: two that claim one size must both be looked at.
    package func checkpoints(after size: Int, limit: Int) async throws -> [AuditedCheckpoint] {
        size == 0 ? stored : []
    }

    package func hashes(of tile: Tile) async throws -> [TreeHash]? {
        try read(tile.slot) { ExportLayout.tile(Tile(level: tile.level, slot: $0)) }
            .flatMap { [TreeHash](concatenated: $0) }
    }

    package func leaves(of slot: TileSlot) async throws -> [AuditedLeaf] {
        let entries = try read(slot, named: ExportLayout.entries).map { EntryBundle.decodePrefix($0) } ?? []
        let contents = try read(slot, named: ExportLayout.contents).map { EventContents.decode($0) } ?? []
        return (0..<slot.width).map { place in
            guard entries.indices.contains(place) else { return .missing }
            guard let entry = EventEntry(encoded: entries[place]) else { return .unreadable("it is not an entry") }
            // An entry of another place is told by its hash.
            guard entry.index == slot.index * Tile.fullWidth + place else { return .event(entry.leafHash) }
            guard contents.indices.contains(place) else { return .unreadable("its contents are missing") }
            return contents[place].fault(against: entry).map { .unreadable($0) } ?? .event(entry.leafHash)
        }
    }

    /// The file of a slot, or of the full one in its place.
    private func read(_ slot: TileSlot, named name: (TileSlot) -> String) throws -> [UInt8]? {
        if let bytes = try directory.read(name(slot)) { return bytes }
        return slot.isFull ? nil : try directory.read(name(TileSlot(index: slot.index)))
    }
}
