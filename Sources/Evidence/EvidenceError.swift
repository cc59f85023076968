/// Why evidence cannot be read or does not prove what it should. The description is made for people.
package enum EvidenceError: Error, Hashable, Sendable {
    /// The text is no signed note.
    case malformedNote
    /// The text is no verifier key.
    case malformedKey
    /// The note is no checkpoint; the text says what is wrong.
    case malformedCheckpoint(String)
    /// No signature is by a key that is trusted.
    case noTrustedSignature
    /// A signature claims to be by a trusted key, and is not.
    case wrongSignature(key: String)
    /// Two trusted keys have one name and one id.
    case ambiguousKey(String)
    /// The bytes are no bundle of entries.
    case malformedBundle
    /// A tile that is needed is not there, or too short.
    case missingTile(Tile)
}

extension EvidenceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformedNote: "it is not a signed note"
        case .malformedKey: "it is not a verifier key, as example.org/log+1a2b3c4d+AQ…"
        case .malformedCheckpoint(let reason): "it is not a checkpoint: \(reason)"
        case .noTrustedSignature: "no signature is by a key that is trusted"
        case .wrongSignature(let key): "the signature by \(key) is wrong"
        case .ambiguousKey(let key): "two keys are called \(key)"
        case .malformedBundle: "it is not a bundle of entries"
        case .missingTile(let tile): "\(tile.path) is missing or too short"
        }
    }
}
