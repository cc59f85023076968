import Crypto
import FoundationEssentials

/// The private keys that sign a log's checkpoints: one, or two while one follows the other.
package struct SigningKeys: Sendable {
    private let privateKeys: [Curve25519.Signing.PrivateKey]

    /// - Parameter seeds: of Ed25519 keys; nil when there is none or one has not 32 bytes.
    package init?(seeds: [[UInt8]]) {
        guard !seeds.isEmpty else { return nil }
        var keys: [Curve25519.Signing.PrivateKey] = []
        for seed in seeds {
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
            keys.append(key)
        }
        privateKeys = keys
    }

    /// The keys under a log's name; none when the text is no name of a key.
    package func signers(named origin: String) -> [NoteSigner] {
        privateKeys.compactMap { NoteSigner(name: origin, privateKey: $0) }
    }
}
