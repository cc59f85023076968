import Crypto
package import Evidence
import FoundationEssentials
import Synchronization

/// A witness as [C2SP tlog-witness](https://c2sp.org/tlog-witness) wants it, in memory: it cosigns a checkpoint when the
/// log has signed it and it continues the one before.
package final class TestWitness: Sendable {
    /// Why it does not cosign.
    package enum Refusal: Error, Hashable, Sendable {
        case unknownLog
        case inconsistent
    }

    package let key: NoteKey
    private let privateKey: Curve25519.Signing.PrivateKey
    private let state = Mutex<(head: TreeHead, ring: KeyRing)>((TreeHead(size: 0, root: .emptyTree), KeyRing([])))

    /// Nil when the name is no name of a key.
    package init?(name: String = "witness.example/w1") {
        privateKey = Curve25519.Signing.PrivateKey()
        let publicKey = Array(privateKey.publicKey.rawRepresentation)
        guard let key = NoteKey(name: name, algorithm: .cosignature, publicKey: publicKey) else { return nil }
        self.key = key
    }

    /// Believes what these keys sign.
    package func trust(_ ring: KeyRing) { state.withLock { $0.ring = ring } }

    /// The size of the tree it has cosigned last.
    package var size: Int { state.withLock { $0.head.size } }

    package func answer(_ request: WitnessRequest, atSecond time: Int64) throws -> WitnessAnswer {
        let conflict: Int? = try state.withLock { state in
            guard (try? request.checkpoint.check(with: state.ring)) != nil else { throw Refusal.unknownLog }
            guard request.oldSize == state.head.size else { return state.head.size }
            guard request.proof.proves(state.head, isContainedIn: request.checkpoint.head) else {
                throw Refusal.inconsistent
            }
            state.head = request.checkpoint.head
            return nil
        }
        if let conflict { return .standsAt(conflict) }
        let message = NoteKey.cosignedMessage(request.checkpoint.note.text, atSecond: time)
        let seconds = (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) }
        let signature = Array(try privateKey.signature(for: message))
        return .cosigned([NoteSignature(name: key.name, keyID: key.id, bytes: seconds + signature)])
    }
}
