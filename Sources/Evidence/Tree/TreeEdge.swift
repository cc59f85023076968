/// The right edge of a growing tree: what is needed to add leaves and to know the root, and no more.
package struct TreeEdge: Hashable, Sendable {
    /// A tile that has become full, and so never changes again.
    package struct FullTile: Hashable, Sendable {
        package let level: Int
        package let index: Int
        package let hashes: [TreeHash]
    }

    /// How many leaves the tree has.
    package private(set) var size: Int
    /// The hashes of each level's partial tile, level 0 first.
    package private(set) var levels: [[TreeHash]]
    /// The tiles that became full since they were last taken.
    private var fullTiles: [FullTile] = []

    /// A tree without leaves.
    package init() {
        size = 0
        levels = []
    }

    /// The edge of a tree as it was stored; nil unless the widths are those of a tree of that size.
    package init?(size: Int, levels: [[TreeHash]]) {
        guard size >= 0 else { return nil }
        var hashes = size
        for level in levels {
            guard level.count == hashes % Tile.fullWidth else { return nil }
            hashes /= Tile.fullWidth
        }
        guard hashes == 0 else { return nil }
        self.size = size
        self.levels = levels
    }

    package mutating func append(_ leaf: TreeHash) {
        size += 1
        append(leaf, toLevel: 0)
    }

    private mutating func append(_ hash: TreeHash, toLevel level: Int) {
        if level == levels.count { levels.append([]) }
        levels[level].append(hash)
        guard levels[level].count == Tile.fullWidth, let root = levels[level][...].perfectRoot() else { return }
        let index = (size >> (Tile.height * (level + 1))) - 1
        fullTiles.append(FullTile(level: level, index: index, hashes: levels[level]))
        levels[level].removeAll(keepingCapacity: true)
        append(root, toLevel: level + 1)
    }

    /// How many full tiles wait to be taken.
    package var fullTileCount: Int { fullTiles.count }

    /// Hands over the tiles that became full since the last time.
    package mutating func takeFullTiles() -> [FullTile] {
        defer { fullTiles = [] }
        return fullTiles
    }

    /// The root over all leaves.
    package var root: TreeHash {
        var root: TreeHash?
        for hashes in levels {
            var end = hashes.count
            while end > 0 {
                // The smallest subtree first: it stands furthest to the right.
                let width = end & -end
                guard let subtree = hashes[(end - width)..<end].perfectRoot() else { break }
                root = root.map { .node(subtree, $0) } ?? subtree
                end -= width
            }
        }
        return root ?? .emptyTree
    }
}
