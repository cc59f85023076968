package import EventSourcing
package import Evidence
import Postgres

/// A checkpoint as it lies in the database, which somebody may have changed.
package struct StoredCheckpoint: Hashable, Sendable {
    /// The size it is stored under.
    package let size: Int
    package let note: String
    package let signedAt: Timestamp
    /// What witnesses signed, a line each.
    package let cosignatures: [String]

    /// Reads a row of `SealSQL.latest` or `SealSQL.checkpoints`.
    init(_ row: Row) throws(PostgresError) {
        let (size, note, signedAt, cosignatures) = try row.decode(
            Int64.self,
            String.self,
            PostgresTimestamp.self,
            [String].self
        )
        self.size = Int(size)
        self.note = note
        self.signedAt = Timestamp(microseconds: signedAt.microsecondsSince1970)
        self.cosignatures = cosignatures
    }

    /// The checkpoint with the signatures of witnesses. That checks no signature.
    ///
    /// - Throws: `EvidenceError.malformedNote`, `.malformedCheckpoint`.
    package func signed() throws(EvidenceError) -> SignedCheckpoint {
        var signed = try SignedCheckpoint(encoded: note)
        guard signed.head.size == size else {
            throw .malformedCheckpoint("it is stored under size \(size) and says \(signed.head.size)")
        }
        for line in cosignatures {
            guard let signature = NoteSignature(line: line) else { throw .malformedNote }
            signed.add(signature)
        }
        return signed
    }
}
