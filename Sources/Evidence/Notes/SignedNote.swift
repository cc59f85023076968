/// A text with signatures under it: [C2SP signed-note](https://c2sp.org/signed-note). Reading one checks nothing; the text
/// means nothing until `KeyRing` has checked it.
package struct SignedNote: Hashable, Sendable {
    private static let byteLimit = 1 << 20
    private static let signatureLimit = 100

    /// Ends with a line end.
    package let text: String
    package private(set) var signatures: [NoteSignature]

    /// - Parameter text: ends with a line end.
    package init(text: String, signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note.
    ///
    /// - Throws: `EvidenceError.malformedNote`.
    package init(encoded bytes: [UInt8]) throws(EvidenceError) {
        guard bytes.count <= Self.byteLimit, let note = String(validating: bytes, as: UTF8.self) else {
            throw .malformedNote
        }
        try self.init(encoded: note)
    }

    /// Reads a note.
    ///
    /// - Throws: `EvidenceError.malformedNote`.
    package init(encoded note: String) throws(EvidenceError) {
        let bytes = Array(note.utf8)
        let lineEnd = UInt8(ascii: "\n")
        guard bytes.count <= Self.byteLimit, bytes.last == lineEnd, bytes.allSatisfy({ $0 >= 0x20 || $0 == lineEnd })
        else { throw .malformedNote }
        // The last empty line parts text and signatures.
        guard let blank = bytes.indices.dropLast().last(where: { bytes[$0] == lineEnd && bytes[$0 + 1] == lineEnd })
        else { throw .malformedNote }
        text = String(decoding: bytes[...blank], as: UTF8.self)
        signatures = []
        for line in bytes[(blank + 2)...].dropLast().split(separator: lineEnd, omittingEmptySubsequences: false) {
            guard signatures.count < Self.signatureLimit,
                let signature = NoteSignature(line: String(decoding: line, as: UTF8.self))
            else { throw .malformedNote }
            signatures.append(signature)
        }
        guard !signatures.isEmpty else { throw .malformedNote }
    }

    package var encoded: String { "\(text)\n" + signatures.map { "\($0.line)\n" }.joined() }

    /// Adds a signature, unless the same key has signed already.
    package mutating func add(_ signature: NoteSignature) {
        guard !signatures.contains(where: { $0.name == signature.name && $0.keyID == signature.keyID }) else { return }
        signatures.append(signature)
    }
}
