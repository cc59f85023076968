/// That a leaf stands at its index in a tree.
package struct InclusionProof: Hashable, Sendable {
    /// From 0 on.
    package let index: Int
    /// From the leaf's sibling to the root's child.
    package let hashes: [TreeHash]

    package init(index: Int, hashes: [TreeHash]) {
        self.index = index
        self.hashes = hashes
    }

    /// Whether the proof leads from the leaf to the head
    /// ([RFC 9162 §2.1.3.2](https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2)).
    package func proves(_ leaf: TreeHash, in head: TreeHead) -> Bool {
        guard index >= 0, index < head.size else { return false }
        var place = index
        var last = head.size - 1
        var hash = leaf
        for sibling in hashes {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                hash = .node(sibling, hash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                hash = .node(hash, sibling)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && hash == head.root
    }
}
