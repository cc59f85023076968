/// The keys somebody trusts.
///
/// Several keys of one name are a log that changes its key: a note signed by any of them is good.
package struct KeyRing: Hashable, Sendable {
    package let keys: [NoteKey]

    package init(_ keys: [NoteKey]) {
        var distinct: [NoteKey] = []
        for key in keys where !distinct.contains(key) { distinct.append(key) }
        self.keys = distinct
    }

    /// The keys that have signed the note. Signatures by keys that are not in the ring are passed over.
    ///
    /// - Throws: `EvidenceError.noTrustedSignature`; `.wrongSignature` when one claims to be by a key of the ring and is
    ///   not, whatever others say.
    @discardableResult
    package func check(_ note: SignedNote) throws(EvidenceError) -> [NoteKey] {
        var signers: [NoteKey] = []
        for signature in note.signatures {
            let matching = keys.filter { $0.matches(signature) }
            guard let key = matching.first else { continue }
            guard matching.count == 1 else { throw .ambiguousKey(key.label) }
            guard key.isValid(signature, of: note.text) else { throw .wrongSignature(key: key.label) }
            if !signers.contains(key) { signers.append(key) }
        }
        guard !signers.isEmpty else { throw .noTrustedSignature }
        return signers
    }
}
