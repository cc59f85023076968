/// A node of the tree that is whole for good: the root over `1 << level` leaves from leaf `index << level` on.
package struct TreeNode: Hashable, Sendable {
    package let level: Int
    package let index: Int

    package init(level: Int, index: Int) {
        self.level = level
        self.index = index
    }

    /// The nodes whose hashes, folded from the right, give the hash of the leaves in a range, as RFC 6962 splits it.
    ///
    /// - Parameter range: starts at a multiple of the largest power of two below its length, as each range of a proof does.
    static func spanning(_ range: Range<Int>) -> [TreeNode] {
        var nodes: [TreeNode] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let level = (range.upperBound - start).bitWidth - (range.upperBound - start).leadingZeroBitCount - 1
            nodes.append(TreeNode(level: level, index: start >> level))
            start += 1 << level
        }
        return nodes
    }

    /// The tile that holds what the node is made of, as wide as it is in a tree of that size.
    func tile(inTreeOf size: Int) -> Tile {
        let tileLevel = level / Tile.height
        let index = (self.index << (level % Tile.height)) / Tile.fullWidth
        let width = min(Tile.fullWidth, (size >> (Tile.height * tileLevel)) - index * Tile.fullWidth)
        return Tile(level: tileLevel, slot: TileSlot(index: index, width: width))
    }

    /// The places of what the node is made of, within its tile.
    var placesInTile: Range<Int> {
        let height = level % Tile.height
        let first = (index << height) % Tile.fullWidth
        return first..<first + 1 << height
    }
}

extension Array where Element == TreeHash {
    /// The hash over neighbours of falling height: the last two are joined first.
    func foldedFromRight() -> TreeHash? {
        guard var hash = last else { return nil }
        for left in dropLast().reversed() { hash = .node(left, hash) }
        return hash
    }
}

extension ArraySlice where Element == TreeHash {
    /// The root over a number of hashes of one level that is a power of two.
    func perfectRoot() -> TreeHash? {
        var level = Array(self)
        while level.count > 1 {
            level = stride(from: 0, to: level.count - 1, by: 2).map { .node(level[$0], level[$0 + 1]) }
        }
        return level.first
    }
}
