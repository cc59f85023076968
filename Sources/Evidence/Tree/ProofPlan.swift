/// Which hashes make a proof, and which tiles hold them. Pure: whoever has tiles reads those, and the plan makes the proof.
package struct ProofPlan: Sendable {
    /// The size of the tree the proof leads to.
    package let size: Int
    /// For each hash of the proof the leaves it is over.
    private let ranges: [Range<Int>]

    /// Proves that a leaf is in a tree ([RFC 6962 §2.1.1](https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1)).
    ///
    /// - Returns: nil when the tree has no such leaf.
    package static func inclusion(of index: Int, inTreeOf size: Int) -> ProofPlan? {
        guard (0..<size).contains(index) else { return nil }
        var ranges: [Range<Int>] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + largestPower(below: range.count)
            if index < middle {
                ranges.append(middle..<range.upperBound)
                range = range.lowerBound..<middle
            } else {
                ranges.append(range.lowerBound..<middle)
                range = middle..<range.upperBound
            }
        }
        return ProofPlan(size: size, ranges: ranges.reversed())
    }

    /// Proves that a tree begins with all leaves of an older one, in their order
    /// ([RFC 6962 §2.1.2](https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2)).
    ///
    /// - Returns: nil when the older tree is larger.
    package static func consistency(from first: Int, to size: Int) -> ProofPlan? {
        guard (0...size).contains(first) else { return nil }
        var ranges: [Range<Int>] = []
        var range = 0..<size
        if first > 0 {
            while range.upperBound != first {
                let middle = range.lowerBound + largestPower(below: range.count)
                if first <= middle {
                    ranges.append(middle..<range.upperBound)
                    range = range.lowerBound..<middle
                } else {
                    ranges.append(range.lowerBound..<middle)
                    range = middle..<range.upperBound
                }
            }
            // Whoever checks knows the older root; where it is a node of the tree, it is not sent.
            if range.lowerBound > 0 { ranges.append(range) }
        }
        return ProofPlan(size: size, ranges: ranges.reversed())
    }

    /// The root itself, for whoever has tiles of a tree and not its root.
    package static func root(ofTreeOf size: Int) -> ProofPlan {
        ProofPlan(size: size, ranges: size > 0 ? [0..<size] : [])
    }

    private static func largestPower(below count: Int) -> Int {
        1 << ((count - 1).bitWidth - (count - 1).leadingZeroBitCount - 1)
    }

    /// The tiles to be read, each once.
    package var tiles: Set<Tile> {
        Set(ranges.flatMap { TreeNode.spanning($0).map { $0.tile(inTreeOf: size) } })
    }

    /// The hashes of the proof.
    ///
    /// - Throws: `EvidenceError.missingTile` when one of `tiles` is not there.
    package func hashes(from tiles: TreeTiles) throws(EvidenceError) -> [TreeHash] {
        var proof: [TreeHash] = []
        for range in ranges {
            var parts: [TreeHash] = []
            for node in TreeNode.spanning(range) { parts.append(try tiles.hash(of: node)) }
            if let hash = parts.foldedFromRight() { proof.append(hash) }
        }
        return proof
    }
}
