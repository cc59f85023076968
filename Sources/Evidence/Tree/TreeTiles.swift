/// Some tiles of a tree, from which hashes of its nodes are taken.
package struct TreeTiles: Sendable {
    package let size: Int
    private var hashes: [Tile: [TreeHash]] = [:]

    /// - Parameter size: of the tree whose tiles these are.
    package init(size: Int) { self.size = size }

    /// Takes a tile in: at least as many hashes as its width says.
    ///
    /// - Throws: when there are fewer.
    package mutating func add(_ tile: Tile, _ hashes: [TreeHash]) throws(EvidenceError) {
        guard hashes.count >= tile.slot.width else { throw .missingTile(tile) }
        self.hashes[tile] = hashes
    }

    func hash(of node: TreeNode) throws(EvidenceError) -> TreeHash {
        let tile = node.tile(inTreeOf: size)
        guard let hashes = hashes[tile], let hash = hashes[node.placesInTile].perfectRoot() else {
            throw .missingTile(tile)
        }
        return hash
    }
}
