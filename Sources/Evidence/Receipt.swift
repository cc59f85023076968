package import EventSourcing

/// The proof that the events of one command are in the log: who holds it needs nothing from the log any more, only the
/// log's public key.
package struct Receipt: Hashable, Sendable {
    /// One of the command's events.
    package struct Item: Hashable, Sendable {
        package let entry: EventEntry
        package let proof: InclusionProof

        package init(entry: EventEntry, proof: InclusionProof) {
            self.entry = entry
            self.proof = proof
        }
    }

    package let command: CommandID
    /// In the order of their positions, at least one.
    package let items: [Item]
    package let checkpoint: SignedCheckpoint

    package init(command: CommandID, items: [Item], checkpoint: SignedCheckpoint) {
        self.command = command
        self.items = items
        self.checkpoint = checkpoint
    }

    /// Why a receipt proves nothing.
    package enum Fault: Error, Hashable, Sendable {
        /// It holds no event.
        case isEmpty
        /// The checkpoint is not by a trusted key.
        case checkpoint(EvidenceError)
        /// The event is another command's.
        case otherCommand(Position)
        /// The event at the position does not lead to the checkpoint's root.
        case notIncluded(Position)
    }

    /// Checks everything.
    ///
    /// - Returns: the keys of the log that have signed.
    @discardableResult
    package func check(with ring: KeyRing) throws(Fault) -> [NoteKey] {
        guard !items.isEmpty else { throw .isEmpty }
        let signers: [NoteKey]
        do {
            signers = try checkpoint.check(with: ring)
        } catch {
            throw .checkpoint(error)
        }
        for item in items {
            guard item.entry.id.command == command else { throw .otherCommand(item.entry.position) }
            guard item.proof.index == item.entry.index, item.proof.proves(item.entry.leafHash, in: checkpoint.head)
            else {
                throw .notIncluded(item.entry.position)
            }
        }
        return signers
    }
}

extension Receipt.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .isEmpty: "the receipt holds no event"
        case .checkpoint(let error): "the receipt's checkpoint: \(error)"
        case .otherCommand(let position): "the event at position \(position) is another command's"
        case .notIncluded(let position): "position \(position) is not in the tree that was signed"
        }
    }
}
