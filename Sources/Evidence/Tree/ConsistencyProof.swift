/// That a tree begins with all leaves of an older one, in their order: nothing was changed, removed or put between.
package struct ConsistencyProof: Hashable, Sendable {
    package let hashes: [TreeHash]

    package init(hashes: [TreeHash]) { self.hashes = hashes }

    /// Whether the proof leads from one head to the other
    /// ([RFC 9162 §2.1.4.2](https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2)).
    package func proves(_ older: TreeHead, isContainedIn newer: TreeHead) -> Bool {
        guard older.size >= 0, older.size <= newer.size else { return false }
        if older.size == 0 { return hashes.isEmpty && older.root == .emptyTree }
        if older.size == newer.size { return hashes.isEmpty && older.root == newer.root }
        var rest = hashes[...]
        var place = older.size - 1
        var last = newer.size - 1
        while place & 1 == 1 {
            place >>= 1
            last >>= 1
        }
        // An older tree that is a node of the newer one is where the way begins.
        guard let start = place == 0 ? older.root : rest.popFirst() else { return false }
        var olderHash = start
        var newerHash = start
        for hash in rest {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                olderHash = .node(hash, olderHash)
                newerHash = .node(hash, newerHash)
                while place & 1 == 0, place != 0 {
                    place >>= 1
                    last >>= 1
                }
            } else {
                newerHash = .node(newerHash, hash)
            }
            place >>= 1
            last >>= 1
        }
        return last == 0 && olderHash == older.root && newerHash == newer.root
    }
}
