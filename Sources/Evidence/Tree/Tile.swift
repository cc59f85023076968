/// Up to 256 neighbouring hashes of a tree, as [C2SP tlog-tiles](https://c2sp.org/tlog-tiles) cuts it: level 0 holds the
/// hashes of leaves, each level above the roots over the full tiles of the level below.
package struct Tile: Hashable, Sendable {
    package static let height = 8
    package static let fullWidth = 256
    package static let maximumLevel = 7

    package let level: Int
    package let slot: TileSlot

    package init(level: Int, slot: TileSlot) {
        self.level = level
        self.slot = slot
    }

    /// Its path below the log's prefix, as `tile/0/x001/067.p/5`.
    package var path: String { "tile/\(level)/\(slot.path)" }

    /// Reads what follows `tile/`, as `0/x001/067.p/5`; nil when it names no tile of hashes.
    package init?(pathBelowTile path: some StringProtocol) {
        guard let slash = path.firstIndex(of: "/"), let level = Int(path[..<slash]), "\(level)" == path[..<slash],
            (0...Self.maximumLevel).contains(level), let slot = TileSlot(path: path[path.index(after: slash)...])
        else { return nil }
        self.init(level: level, slot: slot)
    }

    /// Whether a tree of that size has the tile, or a wider one in its place.
    package func exists(inTreeOf size: Int) -> Bool {
        let hashes = size >> (Self.height * level)
        // Divided, since a product could overflow.
        return slot.index <= (hashes - slot.width) / Self.fullWidth && slot.width <= hashes
    }

    /// The partial tiles of a tree, the lowest first.
    package static func partial(ofTreeOf size: Int) -> [Tile] {
        var tiles: [Tile] = []
        var hashes = size
        for level in 0...maximumLevel where hashes > 0 {
            let width = hashes % fullWidth
            if width > 0 { tiles.append(Tile(level: level, slot: TileSlot(index: hashes / fullWidth, width: width))) }
            hashes /= fullWidth
        }
        return tiles
    }
}
