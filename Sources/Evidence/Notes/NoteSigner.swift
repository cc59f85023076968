package import Crypto
import FoundationEssentials

/// Signs notes with an Ed25519 key under a name.
package struct NoteSigner: Sendable {
    package static let seedByteCount = 32

    package let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey

    /// Nil when the name is no name of a key.
    package init?(name: String, privateKey: Curve25519.Signing.PrivateKey) {
        let publicKey = Array(privateKey.publicKey.rawRepresentation)
        guard let key = NoteKey(name: name, algorithm: .ed25519, publicKey: publicKey) else { return nil }
        self.key = key
        self.privateKey = privateKey
    }

    /// Nil when the name is no name of a key, or the seed has not 32 bytes.
    package init?(name: String, seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
        self.init(name: name, privateKey: key)
    }

    package func sign(_ text: String) throws -> NoteSignature {
        NoteSignature(name: key.name, keyID: key.id, bytes: Array(try privateKey.signature(for: Array(text.utf8))))
    }
}
