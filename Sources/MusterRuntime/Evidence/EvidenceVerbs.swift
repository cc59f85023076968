import EventLog
package import EventSourcing
package import Evidence
import Logging
import MusterHistory

/// Proving and exporting what was sealed, for the tool's verbs.
package enum EvidenceVerbs {
    /// What a verification has found.
    package struct Verification: Sendable {
        package let report: AuditReport
        /// Events that came after the newest checkpoint; nil where they are not known.
        package let newerEvents: Int?
        /// The keys were taken from the very thing that was verified.
        package let trustsItself: Bool
    }

    /// Compares a log in a database with what was sealed.
    package static func verify(
        _ log: LogName,
        in access: DatabaseAccess,
        trusting trust: EvidenceTrust,
        anchors: [SignedCheckpoint],
        progress: @Sendable @escaping (AuditProgress) -> Void
    ) async throws -> Verification {
        try await access.withDatabase(logger: Logger(label: "muster")) { database in
            try await database.withLog(log) { log in
                let seals = Seals(log: log)
                let ring = try trust.ring(origin: try await seals.origin())
                guard let ring else { throw EvidenceTrustError.noKey }
                let report = try await Audit(LogAudit(log: log), ring: ring, anchors: anchors).run(progress: progress)
                let tail = try await log.tail()
                return Verification(
                    report: report,
                    newerEvents: max(0, Int(tail.rawValue) - report.size),
                    trustsItself: false
                )
            }
        }
    }

    /// Compares an export with what was sealed; needs no database.
    package static func verifyExport(
        _ directory: String,
        trusting trust: EvidenceTrust,
        anchors: [SignedCheckpoint],
        progress: (AuditProgress) -> Void
    ) async throws -> Verification {
        let export = try ExportAudit(directory: directory)
        let own = try export.keys()
        let trusted = try trust.ring(origin: own.first?.name)
        let report = try await Audit(export, ring: trusted ?? KeyRing(own), anchors: anchors).run(progress: progress)
        return Verification(report: report, newerEvents: nil, trustsItself: trusted == nil)
    }

    /// Checks a receipt on its own.
    ///
    /// - Returns: the keys of the log that have signed it.
    /// - Throws: `Receipt.Fault`; `EvidenceTrustError.noKey` when there is nothing to check it with.
    package static func check(_ receipt: Receipt, trusting trust: EvidenceTrust) throws -> [NoteKey] {
        guard let ring = try trust.ring(origin: receipt.checkpoint.checkpoint.origin) else {
            throw EvidenceTrustError.noKey
        }
        return try receipt.check(with: ring)
    }

    /// Checks receipts one after the other; the keys are looked up once.
    ///
    /// - Returns: what checks one, and throws as `check` does.
    package static func checker(trusting trust: EvidenceTrust) -> (Receipt) throws -> [NoteKey] {
        var rings: [String: KeyRing] = [:]
        return { receipt in
            let origin = receipt.checkpoint.checkpoint.origin
            guard let ring = try rings[origin] ?? trust.ring(origin: origin) else { throw EvidenceTrustError.noKey }
            rings[origin] = ring
            return try receipt.check(with: ring)
        }
    }

    /// Writes the evidence of a log into a directory.
    package static func export(
        _ log: LogName,
        in access: DatabaseAccess,
        to directory: String,
        progress: @Sendable @escaping (AuditProgress) -> Void
    ) async throws -> SignedCheckpoint {
        try await access.withDatabase(logger: Logger(label: "muster")) { database in
            try await database.withLog(log) { log in
                try await EvidenceExport(log: log, directory: directory).run(progress: progress)
            }
        }
    }
}
