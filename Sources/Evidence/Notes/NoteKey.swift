import Crypto
import FoundationEssentials

/// A key that checks signatures of notes: an Ed25519 public key, whose it is, and what its signatures say.
///
/// Its text is `name+id+key`, with the id in hexadecimal digits and the key, after the byte of its algorithm, in Base64.
package struct NoteKey: Hashable, Sendable {
    package enum Algorithm: UInt8, Hashable, Sendable {
        /// Signs the text: a log.
        case ed25519 = 1
        /// Signs the text and when it was seen: a witness ([C2SP tlog-cosignature](https://c2sp.org/tlog-cosignature)).
        case cosignature = 4
    }

    private static let keyByteCount = 32
    private static let signatureByteCount = 64
    private static let timeByteCount = 8

    package let name: String
    package let algorithm: Algorithm
    private let publicKey: [UInt8]

    /// Nil when the name is none, or the key has not 32 bytes.
    package init?(name: String, algorithm: Algorithm, publicKey: [UInt8]) {
        guard NoteSignature.isName(name), publicKey.count == Self.keyByteCount else { return nil }
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
    }

    /// Reads the text form.
    ///
    /// - Throws: `EvidenceError.malformedKey`, also when the id is not that of the key.
    package init(text: some StringProtocol) throws(EvidenceError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.decode(parts[2]), let first = bytes.first,
            let algorithm = Algorithm(rawValue: first),
            let key = NoteKey(name: String(parts[0]), algorithm: algorithm, publicKey: Array(bytes.dropFirst())),
            key.idText == parts[1]
        else { throw .malformedKey }
        self = key
    }

    /// Whether a text can be the name of a key: not empty, and neither white space nor a plus in it.
    package static func isName(_ text: String) -> Bool { NoteSignature.isName(text) }

    package var text: String { "\(label)+\(Base64.encode([algorithm.rawValue] + publicKey))" }

    /// Name and id: how people tell keys apart.
    package var label: String { "\(name)+\(idText)" }

    private var idText: String {
        let digits = String(id, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// The first four bytes of a hash over name, algorithm and key.
    package var id: UInt32 {
        SHA256.hash(data: Array(name.utf8) + [UInt8(ascii: "\n"), algorithm.rawValue] + publicKey)
            .prefix(4)
            .reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Whether the signature claims to be by this key.
    package func matches(_ signature: NoteSignature) -> Bool { signature.name == name && signature.keyID == id }

    /// Whether the signature is by this key over this text.
    package func isValid(_ signature: NoteSignature, of text: String) -> Bool {
        guard matches(signature), let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
            return false
        }
        switch algorithm {
        case .ed25519:
            guard signature.bytes.count == Self.signatureByteCount else { return false }
            return key.isValidSignature(signature.bytes, for: Array(text.utf8))
        case .cosignature:
            guard let time = cosignedTime(of: signature) else { return false }
            return key.isValidSignature(
                signature.bytes.dropFirst(Self.timeByteCount),
                for: Self.cosignedMessage(text, atSecond: time)
            )
        }
    }

    /// When a witness says it saw the text, in seconds since 1970; nil when the key is no witness's or the signature has
    /// another form. It is worth nothing before the signature was checked.
    package func cosignedTime(of signature: NoteSignature) -> Int64? {
        guard algorithm == .cosignature, signature.bytes.count == Self.timeByteCount + Self.signatureByteCount else {
            return nil
        }
        return Int64(exactly: signature.bytes.prefix(Self.timeByteCount).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// What a witness signs.
    package static func cosignedMessage(_ text: String, atSecond time: Int64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }
}

extension NoteKey: CustomStringConvertible {
    package var description: String { label }
}
