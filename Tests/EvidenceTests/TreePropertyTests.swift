import Evidence
import Testing

/// What holds for every tree, against the definitions of RFC 6962.
struct TreePropertyTests {
    /// Every small tree, and larger ones about the ends of tiles: in a debug build hashing them all takes half a minute.
    private static let sizes = Array(0...66) + [100, 127, 128, 129, 200, 255, 256, 257, 258, 299, 300]
    private static let leaves = GrownTree(size: 300).leaves
    private static let heads = (0...300).map { size in
        TreeHead(size: size, root: GrownTree.root(leaves[..<size]))
    }

    @Test(arguments: sizes)
    func `Every leaf of every tree has its proof, and no bit of it may differ`(size: Int) throws {
        let tree = GrownTree(leaves: Array(Self.leaves[..<size]))
        let head = Self.heads[size]
        #expect(tree.head == head)
        #expect(ProofPlan.inclusion(of: size, inTreeOf: size) == nil)
        for index in 0..<size {
            let hashes = try tree.hashes(try #require(.inclusion(of: index, inTreeOf: size)))
            let proof = InclusionProof(index: index, hashes: hashes)
            let leaf = Self.leaves[index]
            // Comparing first: an expectation for each of some hundred thousand takes longer than all the hashing.
            guard proof.proves(leaf, in: head), size > 40 || hashes == GrownTree.path(index, Self.leaves[..<size])
            else {
                Issue.record("leaf \(index) of \(size)")
                continue
            }
            var bit = index * 31 + size
            var forged = [
                (proof, leaf.flipping(bit: bit), head),
                (proof, leaf, TreeHead(size: size, root: head.root.flipping(bit: bit))),
                (InclusionProof(index: index ^ 1, hashes: hashes), leaf, head),
                (InclusionProof(index: index, hashes: hashes + [head.root]), leaf, head),
                (InclusionProof(index: index, hashes: [head.root] + hashes), leaf, head),
            ]
            if !hashes.isEmpty {
                forged.append((InclusionProof(index: index, hashes: Array(hashes.dropLast())), leaf, head))
            }
            for place in hashes.indices where size <= 40 || place == bit % hashes.count {
                var changed = hashes
                changed[place] = changed[place].flipping(bit: bit)
                forged.append((InclusionProof(index: index, hashes: changed), leaf, head))
                bit += 97
            }
            if let (proof, _, _) = forged.first(where: { $0.0.proves($0.1, in: $0.2) }) {
                Issue.record("leaf \(index) of \(size) is proven by \(proof)")
            }
        }
    }

    @Test(arguments: sizes)
    func `Every tree proves each of its older selves, and no bit of the proof may differ`(size: Int) throws {
        let tree = GrownTree(leaves: Array(Self.leaves[..<size]))
        let head = Self.heads[size]
        #expect(ProofPlan.consistency(from: size + 1, to: size) == nil)
        for first in 0...size {
            let older = Self.heads[first]
            let hashes = try tree.hashes(try #require(.consistency(from: first, to: size)))
            guard ConsistencyProof(hashes: hashes).proves(older, isContainedIn: head),
                size > 40 || first == 0 || hashes == GrownTree.subproof(first, Self.leaves[..<size])
            else {
                Issue.record("\(first) in \(size)")
                continue
            }
            var bit = first * 31 + size
            var forged = [
                (hashes, TreeHead(size: first, root: older.root.flipping(bit: bit)), head),
                (hashes + [head.root], older, head),
                ([head.root] + hashes, older, head),
            ]
            if first > 0 {
                // No proof leads from the empty tree: every tree contains it.
                forged.append((hashes, older, TreeHead(size: size, root: head.root.flipping(bit: bit))))
            }
            if !hashes.isEmpty { forged.append((Array(hashes.dropLast()), older, head)) }
            for place in hashes.indices where size <= 40 || place == bit % hashes.count {
                var changed = hashes
                changed[place] = changed[place].flipping(bit: bit)
                forged.append((changed, older, head))
                bit += 97
            }
            if let (proof, _, _) = forged.first(where: {
                ConsistencyProof(hashes: $0.0).proves($0.1, isContainedIn: $0.2)
            }) {
                Issue.record("\(first) in \(size) is proven by \(proof)")
            }
        }
    }

    @Test
    func `Proofs hold over three levels of tiles`() throws {
        let tree = GrownTree(size: 70_000)
        #expect(tree.edge.levels.map(\.count) == [112, 17, 1])
        for index in [0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999] {
            let hashes = try tree.hashes(try #require(.inclusion(of: index, inTreeOf: 70_000)))
            #expect(InclusionProof(index: index, hashes: hashes).proves(tree.leaves[index], in: tree.head))
        }
        for first in [1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999] {
            let older = TreeHead(size: first, root: GrownTree.root(tree.leaves[..<first]))
            let hashes = try tree.hashes(try #require(.consistency(from: first, to: 70_000)))
            #expect(ConsistencyProof(hashes: hashes).proves(older, isContainedIn: tree.head))
            #expect(try tree.hashes(.root(ofTreeOf: first)) == [older.root])
        }
    }

    @Test(arguments: [0, 1, 255, 256, 257, 300])
    func `A tree grows on from its stored edge as if it had never stopped`(stop: Int) throws {
        let before = GrownTree(leaves: Array(Self.leaves[..<stop]))
        var edge = try #require(TreeEdge(size: stop, levels: before.edge.levels))
        for leaf in Self.leaves[stop...] { edge.append(leaf) }
        #expect(edge.root == Self.heads[300].root)
        #expect(edge.takeFullTiles().count == (stop < 256 ? 1 : 0))
        #expect(edge.fullTileCount == 0)
    }

    @Test
    func `An edge of another width is refused`() {
        let leaf = TreeHash.leaf([])
        #expect(TreeEdge(size: 1, levels: [[leaf]]) != nil)
        #expect(TreeEdge(size: 2, levels: [[leaf]]) == nil)
        #expect(TreeEdge(size: 1, levels: []) == nil)
        #expect(TreeEdge(size: 256, levels: [[]]) == nil)
        #expect(TreeEdge(size: 256, levels: [[], [leaf]]) != nil)
        #expect(TreeEdge(size: -1, levels: [[leaf]]) == nil)
    }

    @Test
    func `A proof is not made from a tile that is too short`() throws {
        var tiles = TreeTiles(size: 300)
        let tile = Tile(level: 0, slot: TileSlot(index: 1, width: 44))
        #expect(throws: EvidenceError.missingTile(tile)) {
            try tiles.add(tile, Array(repeating: .emptyTree, count: 43))
        }
        let plan = try #require(ProofPlan.inclusion(of: 299, inTreeOf: 300))
        #expect(plan.tiles == [tile, Tile(level: 1, slot: TileSlot(index: 0, width: 1))])
        #expect(throws: EvidenceError.self) { try plan.hashes(from: tiles) }
    }
}
