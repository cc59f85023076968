import EventSourcing
import Evidence
import Postgres

/// The stored tree, as its sealer sees it.
struct SealTable: Sendable {
    /// The right to seal: good while nobody has taken a higher epoch.
    struct Lease: Sendable, Equatable {
        /// What checkpoints call the log.
        let origin: String
        let epoch: Int64
        /// How many leaves the stored tree had when the lease was taken.
        let size: Int
    }

    let log: LogName
    let pool: ConnectionPool
    let holder: String
    let leaseTime: Duration

    /// Nil while another sealer holds the lease.
    ///
    /// - Parameter origin: what checkpoints shall call the log, if nothing was sealed yet.
    func acquire(origin: String) async throws -> Lease? {
        guard let row = try await pool.query(SealSQL.acquire, origin, holder, leaseTime.wholeMicroseconds).first else {
            return nil
        }
        let (origin, epoch, size) = try row.decode(String.self, Int64.self, Int64.self)
        return Lease(origin: origin, epoch: epoch, size: Int(size))
    }

    /// The right edge of the stored tree.
    ///
    /// - Throws: `SealError.treeDiffers` when it does not give the root that was signed last.
    func edge(under lease: Lease) async throws -> TreeEdge {
        let differs = SealError.treeDiffers(log: log, size: lease.size)
        var levels: [[TreeHash]] = []
        for row in try await pool.query(SealSQL.edge) {
            let (level, bytes) = try row.decode(Int16.self, [UInt8].self)
            guard Int(level) == levels.count, let hashes = [TreeHash](concatenated: bytes) else { throw differs }
            levels.append(hashes)
        }
        guard let edge = TreeEdge(size: lease.size, levels: levels) else { throw differs }
        let head = TreeHead(size: edge.size, root: edge.root)
        let latest = try await pool.query(SealSQL.latest).first.map { try StoredCheckpoint($0) }
        guard let latest else {
            guard edge.size == 0 else { throw differs }
            return edge
        }
        guard let signed = try? latest.signed(), signed.head == head, signed.checkpoint.origin == lease.origin else {
            throw differs
        }
        return edge
    }

    /// Stores what the tree has grown by and a checkpoint over it, and renews the lease.
    ///
    /// - Returns: false when the lease is not ours any more; then nothing was written.
    func write(
        _ checkpoint: SignedCheckpoint,
        tiles: [TreeEdge.FullTile],
        edge: [[TreeHash]],
        keys: [NoteKey],
        after size: Int,
        under lease: Lease
    ) async throws -> Bool {
        let answer = try await pool.query(
            SealSQL.write,
            lease.epoch,
            Int64(size),
            Int64(checkpoint.head.size),
            leaseTime.wholeMicroseconds,
            tiles.map { Int16($0.level) },
            tiles.map { Int64($0.index) },
            tiles.map(\.hashes.concatenated),
            edge.indices.map { Int16($0) },
            edge.map(\.concatenated),
            checkpoint.encoded,
            keys.map(\.text)
        )
        return try answer.first?.value(0, as: Int64.self) == 1
    }

    /// False when the lease is not ours any more.
    func renew(_ lease: Lease) async throws -> Bool {
        try await pool.execute(SealSQL.renew, lease.epoch, leaseTime.wholeMicroseconds) == 1
    }

    func release(_ lease: Lease) async throws {
        try await pool.execute(SealSQL.release, lease.epoch)
    }
}
