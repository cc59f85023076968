import Evidence

/// A log's evidence in memory, to be tampered with.
struct StoredTree: AuditSource {
    static let origin = "log.example"

    var leaves: [AuditedLeaf]
    var tiles: [Tile: [TreeHash]] = [:]
    var checkpoints: [AuditedCheckpoint] = []

    /// - Parameter sizes: over how many leaves checkpoints are signed.
    init(size: Int, checkpoints sizes: [Int], signers: [NoteSigner]) throws {
        let hashes = (0..<size).map { TreeHash.leaf(Array("leaf \($0)".utf8)) }
        leaves = hashes.map { .event($0) }
        var edge = TreeEdge()
        for hash in hashes {
            edge.append(hash)
            guard sizes.contains(edge.size) else { continue }
            let checkpoint = Checkpoint(origin: Self.origin, head: TreeHead(size: edge.size, root: edge.root))
            let signed = try SignedCheckpoint(checkpoint, signers: signers)
            checkpoints.append(AuditedCheckpoint(size: edge.size, note: signed.encoded))
        }
        for tile in edge.takeFullTiles() {
            tiles[Tile(level: tile.level, slot: TileSlot(index: tile.index))] = tile.hashes
        }
        for tile in Tile.partial(ofTreeOf: size) { tiles[tile] = edge.levels[tile.level] }
    }

    func checkpoints(after size: Int, limit: Int) async throws -> [AuditedCheckpoint] {
        Array(checkpoints.filter { $0.size > size }.prefix(limit))
    }

    func hashes(of tile: Tile) async throws -> [TreeHash]? {
        let first = tile.slot.index
        return tiles.first { $0.key.level == tile.level && $0.key.slot.index == first }?.value
    }

    func leaves(of slot: TileSlot) async throws -> [AuditedLeaf] {
        let first = slot.index * Tile.fullWidth
        return (first..<first + slot.width).map { $0 < leaves.count ? leaves[$0] : .missing }
    }
}
