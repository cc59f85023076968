import Crypto
import JWTKit

/// Proves that a form comes from a page of ours: a keyed hash of the session's id, so that nothing has to be stored.
struct FormTokens: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: the deployment's signing key; the key used here is derived from it for this one purpose.
    init(secret: EdDSA.PrivateKey) {
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: secret.rawRepresentation),
            info: Array("muster form token".utf8),
            outputByteCount: 32
        )
    }

    func token(for session: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(session.utf8), using: key).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
    }

    /// Compares in constant time.
    func isToken(_ text: String, for session: String) -> Bool {
        let expected = Array(token(for: session).utf8)
        let given = Array(text.utf8)
        guard given.count == expected.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(expected, given) { difference |= a ^ b }
        return difference == 0
    }
}
