/// Which of a level's tiles, and how much of it is there.
///
/// Its text is that of [C2SP tlog-tiles](https://c2sp.org/tlog-tiles): the index in groups of three digits, all but the last
/// after an `x`, and `.p/` with the width when the tile is partial. Tile 1234067 of width 5 is `x001/x234/067.p/5`.
package struct TileSlot: Hashable, Sendable {
    package let index: Int
    /// 1 to 256.
    package let width: Int

    package init(index: Int, width: Int = Tile.fullWidth) {
        self.index = index
        self.width = width
    }

    package var isFull: Bool { width == Tile.fullWidth }

    package var path: String {
        var groups = [String(index % 1_000).leftPadded]
        var rest = index / 1_000
        while rest > 0 {
            groups.append("x" + String(rest % 1_000).leftPadded)
            rest /= 1_000
        }
        let path = groups.reversed().joined(separator: "/")
        return isFull ? path : "\(path).p/\(width)"
    }

    /// Nil unless the text is the one that `path` gives: no slot has two names.
    package init?(path: some StringProtocol) {
        // Seven groups hold more than any index.
        guard path.utf8.count <= 40 else { return nil }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        var width = Tile.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let partial = Int(parts[parts.count - 1]), (1..<Tile.fullWidth).contains(partial) else { return nil }
            width = partial
            parts.removeLast()
            parts[parts.count - 1] = parts[parts.count - 1].dropLast(2)
        }
        guard (1...6).contains(parts.count) else { return nil }
        var index = 0
        for part in parts {
            guard let group = Int(part.suffix(3)), group >= 0 else { return nil }
            index = index * 1_000 + group
        }
        self.init(index: index, width: width)
        guard self.path == path else { return nil }
    }
}

extension String {
    fileprivate var leftPadded: String { String(repeating: "0", count: Swift.max(0, 3 - count)) + self }
}
