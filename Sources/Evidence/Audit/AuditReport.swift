/// What an audit has found.
package struct AuditReport: Hashable, Sendable {
    /// Findings beyond these are counted and not kept.
    package static let findingLimit = 1_000

    package private(set) var findings: [Finding] = []
    package private(set) var findingCount = 0
    /// How many events the newest trusted checkpoint is over.
    package internal(set) var size = 0
    /// What checkpoints call the log.
    package internal(set) var origin: String?
    package internal(set) var checkpointCount = 0
    /// Of these, how many are signed by no trusted key; they are proven by a later one that is.
    package internal(set) var foreignCheckpointCount = 0
    /// The trusted keys that have signed checkpoints.
    package internal(set) var signers: [NoteKey] = []
    /// The trusted witnesses that have cosigned the newest checkpoint.
    package internal(set) var witnesses: [NoteKey] = []

    package var isProven: Bool { findingCount == 0 }

    mutating func add(_ finding: Finding) {
        // Neighbours that are gone are one finding.
        switch (findings.last, finding) {
        case (.missing(let positions)?, .missing(let more)) where positions.upperBound + 1 == more.lowerBound:
            findings[findings.count - 1] = .missing(positions: positions.lowerBound...more.upperBound)
            return
        case (.away(let positions)?, .away(let more)) where positions.upperBound + 1 == more.lowerBound:
            findings[findings.count - 1] = .away(positions: positions.lowerBound...more.upperBound)
            return
        default: break
        }
        findingCount += 1
        if findings.count < Self.findingLimit { findings.append(finding) }
    }
}
