import Crypto

/// A hash of [RFC 6962](https://www.rfc-editor.org/rfc/rfc6962#section-2.1): SHA-256, with leaves and nodes kept apart by
/// their first byte.
package struct TreeHash: Hashable, Sendable {
    package static let byteCount = Bytes32.count

    private static let leafPrefix: UInt8 = 0
    private static let nodePrefix: UInt8 = 1

    private let value: Bytes32

    /// Nil unless there are 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard let value = Bytes32(bytes) else { return nil }
        self.value = value
    }

    /// Nil unless the text is the standard Base64 of 32 bytes.
    package init?(base64 text: some StringProtocol) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    private init(_ digest: SHA256.Digest) { value = Bytes32(digest) }

    /// The root of a tree without leaves.
    package static let emptyTree = TreeHash(SHA256().finalize())

    /// The hash of a leaf that holds these bytes.
    package static func leaf(_ entry: [UInt8]) -> TreeHash {
        var hasher = SHA256()
        withUnsafeBytes(of: leafPrefix) { hasher.update(bufferPointer: $0) }
        entry.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return TreeHash(hasher.finalize())
    }

    /// The hash of the node above two others.
    package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
        var hasher = SHA256()
        withUnsafeBytes(of: nodePrefix) { hasher.update(bufferPointer: $0) }
        left.value.withBytes { hasher.update(bufferPointer: $0) }
        right.value.withBytes { hasher.update(bufferPointer: $0) }
        return TreeHash(hasher.finalize())
    }

    package var bytes: [UInt8] { value.withBytes { Array($0) } }

    package var base64: String { Base64.encode(bytes) }

    fileprivate func append(to bytes: inout [UInt8]) { value.withBytes { bytes.append(contentsOf: $0) } }
}

extension TreeHash: CustomStringConvertible {
    package var description: String { base64 }
}

extension Array where Element == TreeHash {
    /// One after the other, as a tile holds them.
    package var concatenated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * TreeHash.byteCount)
        for hash in self { hash.append(to: &bytes) }
        return bytes
    }

    /// Nil unless the bytes are whole hashes.
    package init?(concatenated bytes: [UInt8]) {
        guard bytes.count.isMultiple(of: TreeHash.byteCount) else { return nil }
        self = stride(from: 0, to: bytes.count, by: TreeHash.byteCount).compactMap { start in
            TreeHash(bytes: bytes[start..<start + TreeHash.byteCount])
        }
    }
}
