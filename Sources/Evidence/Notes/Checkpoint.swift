/// What a log says about its tree at one moment: [C2SP tlog-checkpoint](https://c2sp.org/tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
    /// Which log this is: a URL without its scheme, never changed.
    package let origin: String
    package let head: TreeHead
    /// Further lines, whatever they say. This log writes none.
    package let extensionLines: [String]

    package init(origin: String, head: TreeHead) {
        self.origin = origin
        self.head = head
        extensionLines = []
    }

    /// Reads the text of a note.
    ///
    /// - Throws: `EvidenceError.malformedCheckpoint`.
    package init(noteText text: String) throws(EvidenceError) {
        guard text.hasSuffix("\n") else { throw .malformedCheckpoint("the last line has no end") }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }) else {
            throw .malformedCheckpoint("it needs three lines, none of them empty")
        }
        guard let size = Int(lines[1]), size >= 0, "\(size)" == lines[1] else {
            throw .malformedCheckpoint("the size of the tree is no number")
        }
        guard let root = TreeHash(base64: lines[2]) else {
            throw .malformedCheckpoint("the root is not the Base64 of 32 bytes")
        }
        guard size > 0 || root == .emptyTree else { throw .malformedCheckpoint("an empty tree has another root") }
        origin = String(lines[0])
        head = TreeHead(size: size, root: root)
        extensionLines = lines.dropFirst(3).map(String.init)
    }

    package var noteText: String {
        "\(origin)\n\(head.size)\n\(head.root.base64)\n" + extensionLines.map { "\($0)\n" }.joined()
    }
}
