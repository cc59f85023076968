import Evidence

/// A tree with all its tiles in memory, and beside it the definitions of RFC 6962 written down as they stand there.
struct GrownTree {
    let leaves: [TreeHash]
    private(set) var edge = TreeEdge()
    private var full: [Tile: [TreeHash]] = [:]

    init(leaves: [TreeHash]) {
        self.leaves = leaves
        for leaf in leaves { edge.append(leaf) }
        for tile in edge.takeFullTiles() {
            full[Tile(level: tile.level, slot: TileSlot(index: tile.index))] = tile.hashes
        }
    }

    init(size: Int) {
        self.init(leaves: (0..<size).map { .leaf(Array("leaf \($0)".utf8)) })
    }

    var head: TreeHead { TreeHead(size: leaves.count, root: edge.root) }

    /// The hashes of a plan, read from tiles.
    func hashes(_ plan: ProofPlan) throws -> [TreeHash] {
        var tiles = TreeTiles(size: plan.size)
        for tile in plan.tiles {
            let whole = Tile(level: tile.level, slot: TileSlot(index: tile.slot.index))
            guard let hashes = full[whole] ?? (edge.levels.indices.contains(tile.level) ? edge.levels[tile.level] : nil)
            else { throw EvidenceError.missingTile(tile) }
            try tiles.add(tile, Array(hashes.prefix(tile.slot.width)))
        }
        return try plan.hashes(from: tiles)
    }

    // MARK: RFC 6962 §2.1

    static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        guard leaves.count > 1 else { return leaves.first ?? .emptyTree }
        let middle = middle(leaves)
        return .node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<TreeHash>) -> [TreeHash] {
        guard leaves.count > 1 else { return [] }
        let middle = middle(leaves)
        return leaves.startIndex + index < middle
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - (middle - leaves.startIndex), leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func subproof(_ count: Int, _ leaves: ArraySlice<TreeHash>, isWhole: Bool = true) -> [TreeHash] {
        if count == leaves.count { return isWhole ? [] : [root(leaves)] }
        let middle = middle(leaves)
        let left = middle - leaves.startIndex
        return count <= left
            ? subproof(count, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
            : subproof(count - left, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
    }

    private static func middle(_ leaves: ArraySlice<TreeHash>) -> Int {
        var power = 1
        while power * 2 < leaves.count { power *= 2 }
        return leaves.startIndex + power
    }
}

extension TreeHash {
    /// The same hash but for one bit.
    func flipping(bit: Int) -> TreeHash {
        var bytes = bytes
        bytes[bit / 8 % bytes.count] ^= 1 << UInt8(bit % 8)
        return TreeHash(bytes: bytes) ?? .emptyTree
    }
}
