/// Compares what is there with what was sealed and signed: every event with its leaf, every tile with the tree, the tree
/// with every checkpoint.
///
/// The tree is built anew from its leaves. Where it gives the root of each checkpoint, each is a beginning of the next, and
/// nothing was changed, removed or put between. Nothing is trusted but the keys of the ring and the anchors.
package struct Audit<Source: AuditSource>: Sendable {
    private static var pageLimit: Int { 1_000 }

    private let source: Source
    private let ring: KeyRing
    private let anchors: [SignedCheckpoint]

    /// - Parameters:
    ///   - ring: the keys of the log that are trusted, and of witnesses.
    ///   - anchors: checkpoints that were kept elsewhere.
    package init(_ source: Source, ring: KeyRing, anchors: [SignedCheckpoint] = []) {
        self.source = source
        self.ring = ring
        self.anchors = anchors
    }

    /// Reads everything once.
    ///
    /// - Throws: what the source throws when it cannot be read at all; what is wrong with the evidence is in the report.
    package func run(progress: (AuditProgress) -> Void = { _ in }) async throws -> AuditReport {
        var report = AuditReport()
        let heads = try await checkpoints(into: &report)
        guard report.size > 0 else {
            report.add(.nothingSealed)
            return report
        }
        try await compareEvents(with: heads, into: &report, progress: progress)
        return report
    }

    // MARK: Checkpoints

    /// Checks every signature. What remains is what the tree must lead to, in order.
    private func checkpoints(into report: inout AuditReport) async throws -> [TreeHead] {
        var heads: [TreeHead] = []
        var foreign: [Int] = []
        var after = 0
        while true {
            let page = try await source.checkpoints(after: after, limit: Self.pageLimit)
            guard let last = page.last else { break }
            for stored in page {
                guard let head = check(stored, into: &report, foreign: &foreign) else { continue }
                heads.append(head)
            }
            after = last.size
        }
        // Those that no trusted key has signed are only as good as the next trusted one.
        for size in foreign where size > report.size { report.add(.checkpointUntrusted(size: size)) }
        report.foreignCheckpointCount = foreign.count { $0 <= report.size }
        for anchor in anchors {
            do throws(EvidenceError) {
                try anchor.check(with: ring)
            } catch {
                report.add(.checkpointForged(size: anchor.head.size, reason: "\(error)"))
                continue
            }
            guard anchor.head.size <= report.size else {
                report.add(.anchorAhead(size: anchor.head.size, sealed: report.size))
                continue
            }
        }
        return heads.filter { $0.size <= report.size }
    }

    private func check(
        _ stored: AuditedCheckpoint,
        into report: inout AuditReport,
        foreign: inout [Int]
    ) -> TreeHead? {
        report.checkpointCount += 1
        do throws(EvidenceError) {
            let signed = try SignedCheckpoint(encoded: stored.note)
            guard signed.head.size == stored.size else {
                throw .malformedCheckpoint("it says \(signed.head.size)")
            }
            guard report.origin == nil || report.origin == signed.checkpoint.origin else {
                throw .malformedCheckpoint("it is of log \(signed.checkpoint.origin)")
            }
            do throws(EvidenceError) {
                for key in try signed.check(with: ring) where !report.signers.contains(key) {
                    report.signers.append(key)
                }
                report.origin = signed.checkpoint.origin
                report.witnesses = try signed.witnesses(in: ring)
                report.size = signed.head.size
            } catch .noTrustedSignature {
                foreign.append(signed.head.size)
            }
            return signed.head
        } catch .wrongSignature(let key) {
            report.add(.checkpointForged(size: stored.size, reason: "the signature by \(key) is wrong"))
        } catch {
            report.add(.checkpointUnreadable(size: stored.size, reason: "\(error)"))
        }
        return nil
    }

    // MARK: Events and tiles

    private func compareEvents(
        with heads: [TreeHead],
        into report: inout AuditReport,
        progress: (AuditProgress) -> Void
    ) async throws {
        let size = report.size
        let start = ContinuousClock.now
        let anchorHeads = anchors.map(\.head).filter { $0.size <= size }.sorted { $0.size < $1.size }
        var tree = AuditedTree(heads: heads, anchors: anchorHeads)
        /// The tile above those that are compared, since it tells which of two is right.
        var above: (index: Int, hashes: [TreeHash]?) = (-1, nil)
        for index in 0..<(size + Tile.fullWidth - 1) / Tile.fullWidth {
            let slot = TileSlot(index: index, width: min(Tile.fullWidth, size - index * Tile.fullWidth))
            if above.index != index / Tile.fullWidth {
                let parent = TreeNode(level: Tile.height, index: index).tile(inTreeOf: size)
                above = (index / Tile.fullWidth, slot.isFull ? try await source.hashes(of: parent) : nil)
            }
            let place = index % Tile.fullWidth
            let parent = above.hashes.flatMap { $0.indices.contains(place) ? $0[place] : nil }
            let leaves = try await sealedLeaves(of: slot, under: parent, tree: tree, into: &report)
            for leaf in leaves {
                for finding in tree.append(leaf) { report.add(finding) }
            }
            for full in tree.takeFullTiles() where full.level > 0 {
                let tile = Tile(level: full.level, slot: TileSlot(index: full.index))
                try await compare(tile, with: full.hashes, into: &report)
            }
            progress(
                AuditProgress(events: index * Tile.fullWidth + slot.width, totalEvents: size, elapsed: .now - start)
            )
        }
        for tile in Tile.partial(ofTreeOf: size) where tile.level > 0 {
            try await compare(tile, with: tree.levels[tile.level], into: &report)
        }
    }

    private func compare(_ tile: Tile, with hashes: [TreeHash], into report: inout AuditReport) async throws {
        guard let stored = try await source.hashes(of: tile), stored.count >= tile.slot.width else {
            return report.add(.tileMissing(tile))
        }
        if Array(stored.prefix(tile.slot.width)) != hashes { report.add(.tileDiffers(tile)) }
    }

    /// The leaves as they were sealed, after comparing them with what stands there now.
    ///
    /// - Parameters:
    ///   - parent: the hash over the full tile, as it is stored above; nil where there is none.
    ///   - tree: all leaves before.
    private func sealedLeaves(
        of slot: TileSlot,
        under parent: TreeHash?,
        tree: AuditedTree,
        into report: inout AuditReport
    ) async throws -> [TreeHash] {
        let tile = Tile(level: 0, slot: slot)
        let first = slot.index * Tile.fullWidth + 1
        let found = try await source.leaves(of: slot)
        let actual = found.compactMap { leaf -> TreeHash? in if case .event(let hash) = leaf { hash } else { nil } }
        let isWhole = actual.count == slot.width
        guard let stored = try await source.hashes(of: tile), stored.count >= slot.width else {
            report.add(.tileMissing(tile))
            return found.enumerated().map { offset, leaf in
                if case .event(let hash) = leaf { return hash }
                add(leaf, at: first + offset, into: &report)
                // A leaf that nobody knows any more: no root over it comes out, which is then said too.
                return .emptyTree
            }
        }
        let sealed = Array(stored.prefix(slot.width))
        if isWhole, actual != sealed {
            // Tile and events contradict each other; what was signed above them decides.
            let eventsAreRight =
                parent.map { actual[...].perfectRoot() == $0 && slot.isFull } ?? tree.leads(with: actual)
            if eventsAreRight {
                report.add(.tileDiffers(tile))
                return actual
            }
        }
        for (offset, leaf) in found.enumerated() where leaf != .event(sealed[offset]) {
            add(leaf, at: first + offset, into: &report)
        }
        return sealed
    }

    private func add(_ leaf: AuditedLeaf, at position: Int, into report: inout AuditReport) {
        switch leaf {
        case .event: report.add(.differs(position: position))
        case .missing: report.add(.missing(positions: position...position))
        case .away: report.add(.away(positions: position...position))
        case .unreadable(let reason): report.add(.unreadable(position: position, reason: reason))
        }
    }
}
