import Evidence
import Logging
import Postgres

/// Hands new checkpoints to one witness and keeps what it signs. While it answers, newer ones replace each other.
struct WitnessRounds: Sendable {
    let witness: Witness
    let seals: Seals
    let pool: ConnectionPool
    let logger: Logger

    /// Runs until the checkpoints end or the task is cancelled. What goes wrong is tried again with the next checkpoint.
    func run(_ checkpoints: AsyncStream<SignedCheckpoint>) async {
        var cosigned: Int?
        for await checkpoint in checkpoints {
            do {
                let known = if let cosigned { cosigned } else { try await lastCosigned() }
                cosigned = try await round(checkpoint, from: known) ?? known
            } catch {
                if Task.isCancelled { return }
                logger.warning(
                    "checkpoint was not witnessed",
                    metadata: ["witness": "\(witness.key.label)", "error": "\(error)"]
                )
            }
        }
    }

    private func lastCosigned() async throws -> Int {
        Int(try await pool.query(SealSQL.cosigned, witness.key.label)[0].value(0, as: Int64.self))
    }

    /// - Returns: the size of the tree the witness stands at now; nil when it has signed nothing new.
    private func round(_ checkpoint: SignedCheckpoint, from size: Int) async throws -> Int? {
        switch try await ask(checkpoint, from: size) {
        case .cosigned(let signatures):
            return try await keep(signatures, under: checkpoint)
        case .standsAt(let actual) where actual != size && actual <= checkpoint.head.size:
            // Another process has shown it more, or the database knows less than it did.
            guard case .cosigned(let signatures) = try await ask(checkpoint, from: actual) else { return actual }
            return try await keep(signatures, under: checkpoint)
        case .standsAt(let actual):
            return actual
        }
    }

    private func ask(_ checkpoint: SignedCheckpoint, from size: Int) async throws -> WitnessAnswer {
        guard let plan = ProofPlan.consistency(from: size, to: checkpoint.head.size) else { return .standsAt(size) }
        let proof = ConsistencyProof(hashes: try await seals.hashes(plan))
        return try await witness.ask(WitnessRequest(oldSize: size, proof: proof, checkpoint: checkpoint))
    }

    private func keep(_ signatures: [NoteSignature], under checkpoint: SignedCheckpoint) async throws -> Int? {
        guard let valid = signatures.first(where: { witness.key.isValid($0, of: checkpoint.note.text) }) else {
            logger.warning("witness has signed with another key", metadata: ["witness": "\(witness.key.label)"])
            return nil
        }
        try await pool.execute(SealSQL.cosign, Int64(checkpoint.head.size), witness.key.label, valid.line)
        return checkpoint.head.size
    }
}
