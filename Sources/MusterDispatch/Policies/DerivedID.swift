import Crypto
import EventSourcing

extension CommandID {
    /// The id of a command that a policy issues: a version 8 UUID made of the SHA-256 of the policy's name, the event that
    /// caused it and the policy's own key, so that whoever derives it again, after whatever crash, finds the same.
    init(of policy: String, because cause: EventID?, key: String) {
        var hash = SHA256()
        // Every part with its length before it: no two triples run together to the same text.
        for part in ["muster.policy", policy, cause?.description ?? "", key] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.utf8.count).bigEndian) {
                hash.update(bufferPointer: $0)
            }
            var part = part
            part.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        var bits: (UInt64, UInt64) = (0, 0)
        for (index, byte) in hash.finalize().prefix(16).enumerated() {
            if index < 8 { bits.0 = bits.0 << 8 | UInt64(byte) } else { bits.1 = bits.1 << 8 | UInt64(byte) }
        }
        self.init(UniqueID(version8From: bits))
    }
}
