import Crypto
import FoundationEssentials

/// SHA-256 and length of bytes that an entry commits to without holding them.
package struct ContentHash: Hashable, Sendable {
    let sha256: Bytes32
    let length: UInt32

    package init(of content: [UInt8]) {
        var hasher = SHA256()
        content.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        sha256 = Bytes32(hasher.finalize())
        length = UInt32(clamping: content.count)
    }

    init(sha256: Bytes32, length: UInt32) {
        self.sha256 = sha256
        self.length = length
    }
}
