/// A checkpoint with its signatures: those of the log's keys, and cosignatures of witnesses.
package struct SignedCheckpoint: Hashable, Sendable {
    package let checkpoint: Checkpoint
    package private(set) var note: SignedNote

    /// Signs a checkpoint, with each of the keys.
    package init(_ checkpoint: Checkpoint, signers: [NoteSigner]) throws {
        self.checkpoint = checkpoint
        let text = checkpoint.noteText
        note = SignedNote(text: text, signatures: try signers.map { try $0.sign(text) })
    }

    /// Reads a checkpoint. That checks no signature.
    ///
    /// - Throws: `EvidenceError.malformedNote`, `.malformedCheckpoint`.
    package init(encoded text: String) throws(EvidenceError) {
        note = try SignedNote(encoded: text)
        checkpoint = try Checkpoint(noteText: note.text)
    }

    package var encoded: String { note.encoded }
    package var head: TreeHead { checkpoint.head }

    /// The keys of the log that have signed it: those of the ring that bear the log's own name.
    ///
    /// - Throws: `EvidenceError.noTrustedSignature`, `.wrongSignature`.
    @discardableResult
    package func check(with ring: KeyRing) throws(EvidenceError) -> [NoteKey] {
        try KeyRing(ring.keys.filter { $0.algorithm == .ed25519 && $0.name == checkpoint.origin }).check(note)
    }

    /// The witnesses of the ring that have cosigned it, none when there is none.
    ///
    /// - Throws: `EvidenceError.wrongSignature`.
    package func witnesses(in ring: KeyRing) throws(EvidenceError) -> [NoteKey] {
        do {
            return try KeyRing(ring.keys.filter { $0.algorithm == .cosignature }).check(note)
        } catch .noTrustedSignature {
            return []
        }
    }

    /// Takes over a witness's cosignature.
    package mutating func add(_ cosignature: NoteSignature) { note.add(cosignature) }
}
