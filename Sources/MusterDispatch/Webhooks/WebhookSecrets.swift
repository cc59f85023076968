package import Crypto
import FoundationEssentials
package import MusterDomain

/// The secrets by which parties know that a webhook is from here, one for each party.
///
/// They are derived from the deployment's key (HKDF-SHA256, [RFC 5869](https://www.rfc-editor.org/rfc/rfc5869)), so nothing
/// is stored, and what one party knows tells nothing about another's.
package struct WebhookSecrets: Sendable {
    package static let minimumKeyBytes = 32

    private let key: SymmetricKey

    /// - Parameter key: the deployment's key; nil when it is shorter than `minimumKeyBytes`.
    package init?(key: [UInt8]) {
        guard key.count >= Self.minimumKeyBytes else { return nil }
        self.key = SymmetricKey(data: key)
    }

    package func secret(of party: PartyID) -> WebhookSecret {
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
