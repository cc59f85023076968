import Evidence
import Testing

struct AuditTests {
    private static func signer(_ first: UInt8 = 1) throws -> NoteSigner {
        try #require(NoteSigner(name: StoredTree.origin, seed: Array(first..<first + 32)))
    }

    /// 700 events under three checkpoints.
    private static func stored() throws -> StoredTree {
        try StoredTree(size: 700, checkpoints: [100, 300, 700], signers: [try signer()])
    }

    private static func findings(
        in stored: StoredTree,
        keys: [NoteKey]? = nil,
        anchors: [SignedCheckpoint] = []
    ) async throws -> [Finding] {
        let ring = KeyRing(try keys ?? [signer().key])
        return try await Audit(stored, ring: ring, anchors: anchors).run().findings
    }

    private static func tile(_ path: String) throws -> Tile { try #require(Tile(pathBelowTile: path)) }

    private static let other = TreeHash.leaf([])

    @Test
    func `What was sealed is proven, with progress to the end`() async throws {
        var last: AuditProgress?
        let report = try await Audit(try Self.stored(), ring: KeyRing([try Self.signer().key])).run { last = $0 }
        #expect(report.isProven)
        #expect(report.size == 700)
        #expect(report.checkpointCount == 3)
        #expect(report.foreignCheckpointCount == 0)
        #expect(report.signers == [try Self.signer().key])
        #expect(report.origin == StoredTree.origin)
        #expect(last?.events == 700)
        #expect(last?.totalEvents == 700)
    }

    @Test(arguments: [1, 100, 256, 257, 512, 513, 700])
    func `A changed event is named`(position: Int) async throws {
        var stored = try Self.stored()
        stored.leaves[position - 1] = .event(Self.other)
        #expect(try await Self.findings(in: stored) == [.differs(position: position)])
        #expect(Finding.differs(position: 4711).description == "position 4711 differs from what was sealed")
    }

    @Test
    func `A swapped pair, a missing run and an unreadable event are named`() async throws {
        var stored = try Self.stored()
        stored.leaves.swapAt(9, 19)
        for place in 254..<260 { stored.leaves[place] = .missing }
        stored.leaves[600] = .unreadable("type 7 is unknown")
        let findings: [Finding] = [
            .differs(position: 10), .differs(position: 20), .missing(positions: 255...260),
            .unreadable(position: 601, reason: "type 7 is unknown"),
        ]
        #expect(try await Self.findings(in: stored) == findings)
    }

    @Test
    func `Events that were moved away are told from missing ones`() async throws {
        var stored = try Self.stored()
        for place in 254..<260 { stored.leaves[place] = .away }
        stored.leaves[260] = .missing
        let findings: [Finding] = [.away(positions: 255...260), .missing(positions: 261...261)]
        #expect(try await Self.findings(in: stored) == findings)
        #expect(findings[1].description == "position 261 is missing")
    }

    @Test
    func `Events that are gone at the end are missing`() async throws {
        var stored = try Self.stored()
        stored.leaves.removeLast(90)
        #expect(try await Self.findings(in: stored) == [.missing(positions: 611...700)])
    }

    @Test(arguments: ["0/000", "0/001", "1/000.p/2"])
    func `A changed tile is told from a changed event`(path: String) async throws {
        var stored = try Self.stored()
        let tile = try Self.tile(path)
        stored.tiles[tile]?[1] = Self.other
        #expect(try await Self.findings(in: stored).contains(.tileDiffers(tile)))
    }

    @Test
    func `A changed tile at the edge is told by the checkpoint`() async throws {
        var stored = try Self.stored()
        let tile = try Self.tile("0/002.p/188")
        stored.tiles[tile]?[5] = Self.other
        #expect(try await Self.findings(in: stored) == [.tileDiffers(tile)])
    }

    @Test(arguments: ["0/001", "1/000.p/2", "0/002.p/188"])
    func `A missing tile is named`(path: String) async throws {
        var stored = try Self.stored()
        let tile = try Self.tile(path)
        stored.tiles[tile] = nil
        #expect(try await Self.findings(in: stored) == [.tileMissing(tile)])
    }

    @Test
    func `An event that was changed with all tiles above it contradicts what was signed`() async throws {
        var stored = try Self.stored()
        var leaves: [TreeHash] = stored.leaves.compactMap { if case .event(let hash) = $0 { hash } else { nil } }
        leaves[149] = Self.other
        var edge = TreeEdge()
        for leaf in leaves { edge.append(leaf) }
        for tile in edge.takeFullTiles() {
            stored.tiles[Tile(level: tile.level, slot: TileSlot(index: tile.index))] = tile.hashes
        }
        for tile in Tile.partial(ofTreeOf: 700) { stored.tiles[tile] = edge.levels[tile.level] }
        stored.leaves[149] = .event(Self.other)
        #expect(try await Self.findings(in: stored) == [.rootDiffers(size: 300, lastGood: 100)])
    }

    // MARK: Checkpoints

    private static func checkpoint(
        _ size: Int,
        root: TreeHash = other,
        by signer: NoteSigner
    ) throws -> SignedCheckpoint {
        try SignedCheckpoint(
            Checkpoint(origin: StoredTree.origin, head: TreeHead(size: size, root: root)),
            signers: [signer]
        )
    }

    @Test
    func `A forged checkpoint is named, whatever is forged`() async throws {
        let original = try Self.stored().checkpoints[1].note
        let resized = original.replacing("\n300\n", with: "\n299\n")
        var stored = try Self.stored()
        stored.checkpoints[1] = AuditedCheckpoint(size: 299, note: resized)
        let key = try Self.signer().key.label
        #expect(
            try await Self.findings(in: stored) == [
                .checkpointForged(size: 299, reason: "the signature by \(key) is wrong")
            ]
        )
        stored = try Self.stored()
        stored.checkpoints[1] = AuditedCheckpoint(size: 301, note: original)
        #expect(
            try await Self.findings(in: stored) == [
                .checkpointUnreadable(size: 301, reason: "it is not a checkpoint: it says 300")
            ]
        )
        stored.checkpoints[1] = AuditedCheckpoint(size: 300, note: "nonsense")
        #expect(
            try await Self.findings(in: stored) == [.checkpointUnreadable(size: 300, reason: "it is not a signed note")]
        )
    }

    @Test
    func `A checkpoint that the key did sign, over another tree, is named`() async throws {
        var stored = try Self.stored()
        let other = try Self.checkpoint(300, by: try Self.signer())
        stored.checkpoints[1] = AuditedCheckpoint(size: 300, note: other.encoded)
        #expect(try await Self.findings(in: stored) == [.rootDiffers(size: 300, lastGood: 100)])
    }

    @Test
    func `A newer checkpoint by an untrusted key does not count`() async throws {
        var stored = try Self.stored()
        let foreign = try Self.checkpoint(900, by: try Self.signer(50))
        stored.checkpoints.append(AuditedCheckpoint(size: 900, note: foreign.encoded))
        #expect(try await Self.findings(in: stored) == [.checkpointUntrusted(size: 900)])
    }

    @Test
    func `With the wrong key nothing is proven`() async throws {
        let findings = try await Self.findings(in: try Self.stored(), keys: [try Self.signer(50).key])
        #expect(findings.last == .nothingSealed)
        #expect(try await Self.findings(in: try Self.stored(), keys: []).last == .nothingSealed)
    }

    @Test
    func `After a change of key, the new one proves what the old one signed`() async throws {
        let old = try Self.signer()
        let new = try Self.signer(50)
        var stored = try StoredTree(size: 700, checkpoints: [100, 700], signers: [old])
        let last = try SignedCheckpoint(encoded: stored.checkpoints[1].note)
        let resigned = try SignedCheckpoint(last.checkpoint, signers: [new])
        stored.checkpoints[1] = AuditedCheckpoint(size: 700, note: resigned.encoded)
        let report = try await Audit(stored, ring: KeyRing([new.key])).run()
        #expect(report.isProven)
        #expect(report.foreignCheckpointCount == 1)
        #expect(report.signers == [new.key])
        // The old key alone proves no more than it has signed.
        let before = try await Audit(stored, ring: KeyRing([old.key])).run()
        #expect(before.findings == [.checkpointUntrusted(size: 700)])
        #expect(before.size == 100)
    }

    @Test
    func `A checkpoint that was kept elsewhere must be one of this log's`() async throws {
        let signer = try Self.signer()
        let stored = try Self.stored()
        let kept = try SignedCheckpoint(encoded: stored.checkpoints[1].note)
        #expect(try await Self.findings(in: stored, anchors: [kept]).isEmpty)
        let other = try Self.checkpoint(200, by: signer)
        #expect(try await Self.findings(in: stored, anchors: [other]) == [.anchorDiffers(size: 200)])
        let longer = try Self.checkpoint(701, by: signer)
        #expect(try await Self.findings(in: stored, anchors: [longer]) == [.anchorAhead(size: 701, sealed: 700)])
    }

    @Test
    func `An empty log without checkpoints proves nothing`() async throws {
        let stored = try StoredTree(size: 0, checkpoints: [], signers: [])
        #expect(try await Self.findings(in: stored) == [.nothingSealed])
    }

    @Test
    func `Many findings are counted, and the first are kept`() async throws {
        var stored = try StoredTree(size: 3_000, checkpoints: [3_000], signers: [try Self.signer()])
        for place in stored.leaves.indices { stored.leaves[place] = .event(Self.other) }
        let report = try await Audit(stored, ring: KeyRing([try Self.signer().key])).run()
        #expect(report.findingCount == 3_000)
        #expect(report.findings.count == AuditReport.findingLimit)
    }
}
