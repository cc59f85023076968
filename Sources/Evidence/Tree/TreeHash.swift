import Crypto
import FoundationEssentials

/// A hash of [RFC 6962](https://www.rfc-editor.org/rfc/rfc6962#section-2.1): SHA-256, with leaves and nodes kept apart by
/// their first byte.
package struct TreeHash: Hashable, Sendable {
    package static let byteCount = 32

    private static let leafPrefix: UInt8 = 0
    private static let nodePrefix: UInt8 = 1

    // In the order of the bytes; four words cost no allocation.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// Nil unless there are 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.init(words)
    }

    /// Nil unless the text is the standard Base64 of 32 bytes.
    package init?(base64 text: some StringProtocol) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    private init(_ digest: SHA256.Digest) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { words in digest.withUnsafeBytes { words.copyMemory(from: $0) } }
        self.init(words)
    }

    private init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        first = words.0
        second = words.1
        third = words.2
        fourth = words.3
    }

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
        left.withWords { hasher.update(bufferPointer: $0) }
        right.withWords { hasher.update(bufferPointer: $0) }
        return TreeHash(hasher.finalize())
    }

    package var bytes: [UInt8] { withWords { Array($0) } }

    package var base64: String { Base64.encode(bytes) }

    private func withWords<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
        withUnsafeBytes(of: (first, second, third, fourth), body)
    }
}

extension TreeHash: CustomStringConvertible {
    package var description: String { base64 }
}

extension Array where Element == TreeHash {
    /// One after the other, as a tile holds them.
    package var concatenated: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * TreeHash.byteCount)
        for hash in self { bytes.append(contentsOf: hash.bytes) }
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
