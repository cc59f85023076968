package import Evidence

/// Where the keys come from that a verification trusts.
package struct EvidenceTrust: Sendable {
    private let keys: [NoteKey]
    private let keyDirectory: String?

    /// - Parameters:
    ///   - keys: the public keys somebody named, of the log and of witnesses.
    ///   - keyDirectory: where the log's private keys lie on this machine; used when no key of a log was named.
    package init(keys: [NoteKey], keyDirectory: String?) {
        self.keys = keys
        self.keyDirectory = keyDirectory
    }

    /// The keys to trust for a log; nil when none is known.
    ///
    /// - Parameter origin: what checkpoints call the log. Private keys have no name of their own.
    func ring(origin: String?) throws -> KeyRing? {
        if keys.contains(where: { $0.algorithm == .ed25519 }) { return KeyRing(keys) }
        guard let keyDirectory, let own = try EvidenceKeys.loadIfThere(directory: keyDirectory) else { return nil }
        // A log that was never sealed has no name, and nothing to be checked.
        return KeyRing(keys + (origin.map { own.signers(named: $0).map(\.key) } ?? []))
    }
}

/// There is nothing to check a signature with.
package enum EvidenceTrustError: Error, CustomStringConvertible {
    case noKey

    package var description: String {
        "no key to trust: give --key, or --keys with the directory that holds evidence.key"
    }
}
