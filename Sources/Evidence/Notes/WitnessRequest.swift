/// What a log asks of a witness: to check that a checkpoint continues what the witness has seen, and to cosign it. Written
/// as [C2SP tlog-witness](https://c2sp.org/tlog-witness) says.
package struct WitnessRequest: Hashable, Sendable {
    /// The size of the tree that the witness has cosigned last; 0 when it has seen none.
    package let oldSize: Int
    package let proof: ConsistencyProof
    package let checkpoint: SignedCheckpoint

    package init(oldSize: Int, proof: ConsistencyProof, checkpoint: SignedCheckpoint) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    package var encoded: String {
        "old \(oldSize)\n" + proof.hashes.map { "\($0.base64)\n" }.joined() + "\n\(checkpoint.encoded)"
    }

    /// Reads a request, as a witness does; nil for anything else.
    package init?(encoded text: String) {
        guard let blank = text.firstRange(of: "\n\n") else { return nil }
        let lines = text[..<blank.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix("old "), let oldSize = Int(first.dropFirst(4)), oldSize >= 0,
            "old \(oldSize)" == first
        else { return nil }
        var hashes: [TreeHash] = []
        for line in lines.dropFirst() {
            guard hashes.count < 63, let hash = TreeHash(base64: line) else { return nil }
            hashes.append(hash)
        }
        guard let checkpoint = try? SignedCheckpoint(encoded: String(text[blank.upperBound...])) else { return nil }
        self.init(oldSize: oldSize, proof: ConsistencyProof(hashes: hashes), checkpoint: checkpoint)
    }
}
