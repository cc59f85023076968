/// What an audit reads: a database or an export, either of which somebody may have changed.
package protocol AuditSource: Sendable {
    /// Checkpoints stored under larger sizes, the smallest first, as they lie there.
    func checkpoints(after size: Int, limit: Int) async throws -> [AuditedCheckpoint]

    /// The hashes stored in the place of a tile, in any number; nil when there is nothing that could be read.
    func hashes(of tile: Tile) async throws -> [TreeHash]?

    /// What stands at each place of a slot, as many as its width.
    func leaves(of slot: TileSlot) async throws -> [AuditedLeaf]
}

/// A checkpoint as it lies somewhere.
package struct AuditedCheckpoint: Hashable, Sendable {
    /// The size it is stored under.
    package let size: Int
    package let note: String

    package init(size: Int, note: String) {
        self.size = size
        self.note = note
    }
}

/// What stands where an event was sealed.
package enum AuditedLeaf: Hashable, Sendable {
    case event(TreeHash)
    /// There is nothing.
    case missing
    /// It was moved away on purpose, and can be brought back.
    case away
    /// There is something, and it is no event of this place; the text says what is wrong.
    case unreadable(String)
}
