import Evidence
import MusterRuntime

/// What a verification found, for a person: a line for each finding, then what follows from them.
struct VerificationText {
    private static let findingLines = 100

    let lines: [String]

    init(_ verification: EvidenceVerbs.Verification) {
        let report = verification.report
        var lines = report.findings.prefix(Self.findingLines).map(\.description)
        let more = report.findingCount - lines.count
        if more > 0 { lines.append("and \(more) more") }
        if report.isProven {
            lines.append("log \(report.origin ?? "")")
            lines.append("  events       \(report.size), each as it was sealed")
            lines.append("  checkpoints  \(report.checkpointCount), each a beginning of the next")
            if report.foreignCheckpointCount > 0 {
                lines.append(
                    "               \(report.foreignCheckpointCount) of them signed by other keys, and contained in a trusted one"
                )
            }
            lines.append("  signed by    \(report.signers.map(\.label).joined(separator: ", "))")
            if !report.witnesses.isEmpty {
                lines.append("  witnessed by \(report.witnesses.map(\.label).joined(separator: ", "))")
            }
            if let newer = verification.newerEvents, newer > 0 {
                lines.append("  not yet      \(newer) newer events, which no checkpoint covers yet")
            }
            if verification.trustsItself {
                lines.append("  The key was taken from the export itself: compare it with one you know, or give --key.")
            }
            lines.append("PROVEN")
        } else {
            lines.append("NOT PROVEN: \(report.findingCount) finding\(report.findingCount == 1 ? "" : "s")")
        }
        self.lines = lines
    }

    static func lines(of receipt: Receipt, signers: [NoteKey]) -> [String] {
        receipt.items.map { item in
            "position \(item.entry.position): \(item.entry.type) on \(item.entry.stream), recorded \(item.entry.recordedAt)"
        } + [
            "are in log \(receipt.checkpoint.checkpoint.origin) under checkpoint \(receipt.checkpoint.head.size)",
            "signed by \(signers.map(\.label).joined(separator: ", "))",
            "PROVEN",
        ]
    }
}
