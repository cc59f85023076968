import Crypto
import FoundationEssentials
import MusterDomain

/// The key that the keys of persons are encrypted with. It is not in the database, so that a copy of the database alone
/// tells nothing.
package struct KeyEncryptionKey: Sendable {
    package static let byteCount = 32

    private let key: SymmetricKey

    /// - Parameter bytes: 32 random bytes; nil for any other number.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// Tells this key from others without telling it.
    var digest: [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("muster person keys".utf8), using: key))
    }

    /// A new random key of a person, encrypted. It can be taken for no other person's.
    func makeWrapped(for person: PersonID) throws -> [UInt8] {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let box = try AES.GCM.seal(bytes, using: key, authenticating: Array(person.rawValue.utf8))
        guard let combined = box.combined else { throw PersonKeyError.cipher }
        return Array(combined)
    }

    /// Nil when the bytes are no key of this person, or wrapped with another key.
    func unwrap(_ wrapped: [UInt8], _ id: PersonKeyID) -> PersonKey? {
        guard let box = try? AES.GCM.SealedBox(combined: wrapped),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: Array(id.person.rawValue.utf8))
        else { return nil }
        return PersonKey(id, bytes: Array(bytes))
    }
}
