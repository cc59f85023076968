import Crypto
import EventSourcing
import FoundationEssentials

/// A key that belongs to one person and encrypts their fields: AES-256-GCM, a random nonce for each value.
package struct PersonKey: Sendable {
    package static let byteCount = 32

    package let id: PersonKeyID
    private let key: SymmetricKey

    /// - Parameter bytes: 32 random bytes.
    package init?(_ id: PersonKeyID, bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.id = id
        key = SymmetricKey(data: bytes)
    }

    /// Encrypts the JSON text of a value; what comes is Base64.
    ///
    /// - Parameter place: where the value stands. It reads at that place only.
    /// - Returns: nil only when the cipher itself fails, which it does not.
    func encrypt(_ value: ArraySlice<UInt8>, at place: ValuePlace) -> Data? {
        guard let box = try? AES.GCM.seal(value, using: key, authenticating: place.bytes(id)) else { return nil }
        return box.combined?.base64EncodedData()
    }

    /// Nil when the text was not encrypted with this very key, at this very place, or was changed since.
    func decrypt(_ text: ArraySlice<UInt8>, at place: ValuePlace) -> Data? {
        guard let data = Data(base64Encoded: Data(text)), let box = try? AES.GCM.SealedBox(combined: data) else {
            return nil
        }
        return try? AES.GCM.open(box, using: key, authenticating: place.bytes(id))
    }
}

/// Where an encrypted value belongs: encryption binds it there, so that it cannot be passed off as another's words.
struct ValuePlace {
    let event: EventID
    /// The name of its member.
    let field: String

    /// What is authenticated beside the value: the event, its field, and whose key it is.
    func bytes(_ key: PersonKeyID) -> [UInt8] {
        // Neither an event id nor a key's name holds a line feed.
        Array("\(event)\n\(key)\n\(field)".utf8)
    }
}
