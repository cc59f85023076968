import Crypto
import FoundationEssentials

/// SHA-256 and length of bytes that an entry commits to without holding them.
package struct ContentHash: Hashable, Sendable {
    static let byteCount = 32

    package let sha256: [UInt8]
    package let length: UInt32

    package init(of content: [UInt8]) {
        sha256 = Array(SHA256.hash(data: content))
        length = UInt32(clamping: content.count)
    }

    init(sha256: [UInt8], length: UInt32) {
        self.sha256 = sha256
        self.length = length
    }
}
