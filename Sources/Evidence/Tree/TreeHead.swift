/// A tree at one moment: how many leaves it has and the hash over all of them.
package struct TreeHead: Hashable, Sendable {
    package let size: Int
    package let root: TreeHash

    package init(size: Int, root: TreeHash) {
        self.size = size
        self.root = root
    }
}
