package import EventSourcing
package import Evidence
import Postgres

/// The evidence of a log, for whoever asks for it: checkpoints, tiles, bundles of entries, proofs and receipts.
package struct Seals: Sendable {
    /// What is to be said about a command.
    package enum Answer: Hashable, Sendable {
        /// The log does not know the command.
        case unknown
        /// Its events are in the log, and no checkpoint covers them yet.
        case notSealedYet
        case receipt(Receipt)
    }

    private let log: Log

    package init(log: Log) { self.log = log }

    /// What checkpoints call the log; nil before it was ever sealed.
    package func origin() async throws -> String? {
        try await log.pool.query(SealSQL.state).first?.value(0, as: String.self)
    }

    /// The keys that have signed checkpoints, the oldest first, in their text form. Whoever trusts them because they stand
    /// here trusts the database.
    package func keys() async throws -> [String] {
        try await log.pool.query(SealSQL.keys).map { try $0.value(0, as: String.self) }
    }

    // MARK: Checkpoints

    /// The newest checkpoint; nil before the first.
    package func latest() async throws -> StoredCheckpoint? {
        try await log.pool.query(SealSQL.latest).first.map { try StoredCheckpoint($0) }
    }

    /// Checkpoints over larger trees, the smallest first.
    package func checkpoints(after size: Int, limit: Int) async throws -> [StoredCheckpoint] {
        try await log.pool.query(SealSQL.checkpoints, Int64(size), Int64(limit)).map { try StoredCheckpoint($0) }
    }

    // MARK: Tiles

    /// The hashes of a tile, as many as its width says; nil when the tree has not so many.
    package func hashes(of tile: Tile) async throws -> [TreeHash]? {
        let hashes = try await stored([tile])[tile] ?? []
        return hashes.count >= tile.slot.width ? Array(hashes.prefix(tile.slot.width)) : nil
    }

    /// The hashes of a proof.
    ///
    /// - Throws: `EvidenceError.missingTile` when the stored tree is smaller than the plan's.
    package func hashes(_ plan: ProofPlan) async throws -> [TreeHash] {
        try plan.hashes(from: try await tiles([plan], size: plan.size))
    }

    private func tiles(_ plans: [ProofPlan], size: Int) async throws -> TreeTiles {
        var tiles = TreeTiles(size: size)
        for (tile, hashes) in try await stored(plans.reduce(into: []) { $0.formUnion($1.tiles) }) {
            try tiles.add(tile, hashes)
        }
        return tiles
    }

    /// What is stored in the place of each tile.
    private func stored(_ tiles: Set<Tile>) async throws -> [Tile: [TreeHash]] {
        guard !tiles.isEmpty else { return [:] }
        let tiles = Array(tiles)
        let rows = try await log.pool.query(
            SealSQL.tiles,
            tiles.map { Int16($0.level) },
            tiles.map { Int64($0.slot.index) }
        )
        var stored: [[Int64]: [TreeHash]] = [:]
        for row in rows {
            let (level, tile, bytes) = try row.decode(Int16.self, Int64.self, [UInt8]?.self)
            stored[[Int64(level), tile]] = bytes.flatMap { [TreeHash](concatenated: $0) } ?? []
        }
        return Dictionary(
            uniqueKeysWithValues: tiles.map { ($0, stored[[Int64($0.level), Int64($0.slot.index)]] ?? []) }
        )
    }

    // MARK: Entries

    /// The entries of a bundle, as many as its width says; nil when not all of them are sealed.
    ///
    /// They are made from the events as they stand in the log now.
    package func entries(of slot: TileSlot) async throws -> [[UInt8]]? {
        guard let size = try await log.pool.query(SealSQL.state).first?.value(1, as: Int64.self),
            Tile(level: 0, slot: slot).exists(inTreeOf: Int(size))
        else { return nil }
        let events = try await log.events(
            after: Position(Int64(slot.index * Tile.fullWidth)),
            limit: slot.width
        )
        return events.map { EventEntry($0).encoded }
    }

    /// The receipt of a command.
    ///
    /// - Throws: `SealError.eventDiffers` when an event of it is not the one that was sealed.
    package func receipt(of command: CommandID) async throws -> Answer {
        guard let append = try await log.receipt(of: command) else { return .unknown }
        guard let stored = try await latest() else { return .notSealedYet }
        let checkpoint = try stored.signed()
        guard append.last.rawValue <= Int64(checkpoint.head.size) else { return .notSealedYet }
        let events = try await log.events(after: append.first.advanced(by: -1), limit: append.count)
        let items = try await items(of: events, under: checkpoint)
        guard items.allSatisfy({ $0.entry.id.command == command }), items.count == append.count else {
            throw SealError.eventDiffers(log: log.name, position: append.first)
        }
        return .receipt(Receipt(command: command, items: items, checkpoint: checkpoint))
    }

    /// What proves that events are in the log as a checkpoint has it; the tiles of all proofs are looked up at once.
    ///
    /// - Parameters:
    ///   - events: as they are stored, each at a position that the checkpoint covers.
    ///   - checkpoint: any of the log's.
    /// - Throws: `SealError.eventDiffers` when an event is not the one that was sealed.
    package func items(
        of events: [RecordedEvent],
        under checkpoint: SignedCheckpoint
    ) async throws -> [Receipt.Item] {
        let plans = events.compactMap {
            ProofPlan.inclusion(of: Int($0.position.rawValue) - 1, inTreeOf: checkpoint.head.size)
        }
        guard plans.count == events.count else {
            throw SealError.eventDiffers(log: log.name, position: Position(Int64(checkpoint.head.size) + 1))
        }
        let tiles = try await tiles(plans, size: checkpoint.head.size)
        return try zip(events, plans).map { event, plan in
            let entry = EventEntry(event)
            let proof = InclusionProof(index: entry.index, hashes: try plan.hashes(from: tiles))
            guard proof.proves(entry.leafHash, in: checkpoint.head) else {
                throw SealError.eventDiffers(log: log.name, position: event.position)
            }
            return Receipt.Item(entry: entry, proof: proof)
        }
    }
}
