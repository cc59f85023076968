/// The tree that an audit builds, and the checkpoints it must lead to on its way.
struct AuditedTree {
    private var edge = TreeEdge()
    private var heads: ArraySlice<TreeHead>
    private var anchors: ArraySlice<TreeHead>
    private let newest: TreeHead?
    private var lastGood = 0
    private var isBroken = false

    /// - Parameter heads: by size; the last is the newest trusted one.
    init(heads: [TreeHead], anchors: [TreeHead]) {
        self.heads = heads[...]
        self.anchors = anchors[...]
        newest = heads.last
    }

    var levels: [[TreeHash]] { edge.levels }

    mutating func takeFullTiles() -> [TreeEdge.FullTile] { edge.takeFullTiles() }

    /// Adds a leaf and compares with the checkpoints over so many leaves.
    ///
    /// - Returns: the first checkpoint that the tree does not lead to, since after it no other can fit; and each anchor.
    mutating func append(_ leaf: TreeHash) -> [Finding] {
        edge.append(leaf)
        var findings: [Finding] = []
        while let head = anchors.first, head.size <= edge.size {
            anchors.removeFirst()
            if head.size == edge.size, head.root != edge.root { findings.append(.anchorDiffers(size: head.size)) }
        }
        while let head = heads.first, head.size <= edge.size {
            heads.removeFirst()
            guard head.size == edge.size else { continue }
            if head.root == edge.root {
                lastGood = head.size
            } else if !isBroken {
                isBroken = true
                findings.append(.rootDiffers(size: head.size, lastGood: lastGood))
            }
        }
        return findings
    }

    /// Whether the tree would be the newest one signed if these leaves followed.
    func leads(with leaves: [TreeHash]) -> Bool {
        guard let newest, newest.size == edge.size + leaves.count else { return false }
        var edge = edge
        for leaf in leaves { edge.append(leaf) }
        return edge.root == newest.root
    }
}
