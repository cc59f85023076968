package import Crypto
import FoundationEssentials
package import MusterDomain

/// The secrets by which parties know that a webhook is from here, one for each party, and while the deployment's key
/// changes two.
///
/// They are derived from the deployment's key (HKDF-SHA256, [RFC 5869](https://www.rfc-editor.org/rfc/rfc5869)), so nothing
/// is stored, and what one party knows tells nothing about another's.
package struct WebhookSecrets: Sendable {
    package static let minimumKeyBytes = 32

    private let key: SymmetricKey
    private let previous: SymmetricKey?

    /// Nil when a key is shorter than `minimumKeyBytes`.
    ///
    /// - Parameters:
    ///   - key: the deployment's key.
    ///   - previous: the one before, as long as a party may know the secret of that.
    package init?(key: [UInt8], previous: [UInt8]? = nil) {
        guard key.count >= Self.minimumKeyBytes, previous.map({ $0.count >= Self.minimumKeyBytes }) ?? true else {
            return nil
        }
        self.key = SymmetricKey(data: key)
        self.previous = previous.map { SymmetricKey(data: $0) }
    }

    /// The one to give to the party.
    package func secret(of party: PartyID) -> WebhookSecret { Self.secret(of: party, key) }

    /// All that the party may know, the newest first: each message is signed with each of them.
    package func all(of party: PartyID) -> [WebhookSecret] {
        [secret(of: party)] + (previous.map { [Self.secret(of: party, $0)] } ?? [])
    }

    private static func secret(of party: PartyID, _ key: SymmetricKey) -> WebhookSecret {
        let info = Data("muster webhook 1:\(party.rawValue)".utf8)
        return WebhookSecret(
            key: HKDF<SHA256>.deriveKey(inputKeyMaterial: key, info: info, outputByteCount: WebhookSecret.byteCount)
        )
    }
}

/// One party's secret. Its text is shown to the party once and never logged.
package struct WebhookSecret: Hashable, Sendable {
    static let byteCount = 32
    private static let prefix = "whsec_"

    package let key: SymmetricKey

    init(key: SymmetricKey) { self.key = key }

    /// Reads `whsec_` and Base64; nil for anything else.
    package init?(text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            bytes.count >= 24
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// The form that receivers' libraries take.
    package var text: String {
        Self.prefix + key.withUnsafeBytes { Data($0) }.base64EncodedString()
    }

    package func hash(into hasher: inout Hasher) { key.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
