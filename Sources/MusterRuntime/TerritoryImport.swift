import Crypto
package import EventSourcing
import Foundation
import MusterDomain
package import MusterHistory
import Records

/// Sends territories to a gateway, a batch at a time. Each command's id follows from the command: the same file again
/// defines nothing twice.
package struct TerritoryImport: Sendable {
    /// What became of a file.
    package struct Summary: Sendable {
        package var defined = 0
        /// Lines that were refused, with why.
        package var refused: [(line: Int, reason: String)] = []
        /// Whether what was refused may succeed later.
        package var isWorthRepeating = false
    }

    private static let batchLines = 1_000

    private let sender: CommandSender
    private let log: LogName

    package init(sender: CommandSender, log: LogName) {
        self.sender = sender
        self.log = log
    }

    /// - Parameter progress: hears how many rows are done.
    /// - Throws: `SendError` when no answer came. What was sent before is done.
    package func send(_ rows: [TerritoryFile.Row], progress: (Int) -> Void) async throws -> Summary {
        var summary = Summary()
        var rest = rows[...]
        while !rest.isEmpty {
            let batch = rest.prefix(Self.batchLines)
            rest = rest.dropFirst(batch.count)
            let answer = try await sender.send(lines: batch.map { Self.line($0.command, log) })
            try take(answer, of: Array(batch), into: &summary)
            progress(rows.count - rest.count)
        }
        return summary
    }

    private func take(
        _ answer: CommandSender.Answer,
        of batch: [TerritoryFile.Row],
        into summary: inout Summary
    ) throws {
        let verdicts = answer.body.split(separator: "\n").compactMap { line in
            try? Verdict.record.decode(Array(line.utf8))
        }
        guard answer.isAccepted, verdicts.count == batch.count else {
            throw SendError(url: "batch", reason: answer.body)
        }
        for (row, verdict) in zip(batch, verdicts) {
            if (200..<300).contains(verdict.status) {
                summary.defined += 1
            } else {
                let problem = verdict.problem
                summary.refused.append((row.line, problem?.detail ?? problem?.title ?? "status \(verdict.status)"))
                let isPassing = verdict.status == 409 || verdict.status == 429 || verdict.status >= 500
                summary.isWorthRepeating = summary.isWorthRepeating || isPassing
            }
        }
    }

    private static func line(_ command: DefineTerritory, _ log: LogName) -> [UInt8] {
        let data = command.data
        var bits: (UInt64, UInt64) = (0, 0)
        for (index, byte) in SHA256.hash(data: Array("muster.territory\n".utf8) + data).prefix(16).enumerated() {
            if index < 8 { bits.0 = bits.0 << 8 | UInt64(byte) } else { bits.1 = bits.1 << 8 | UInt64(byte) }
        }
        let id = CommandID(UniqueID(version8From: bits))
        return CommandSender.body(DefineTerritory.description.name, data: data, id: id, log: log)
    }
}

/// One line of the answer to a batch, as far as it is read here.
private struct Verdict: Hashable, Sendable {
    let status: Int
    let problem: VerdictProblem?

    static let record = Record<Verdict>(
        refusesUnknownMembers: false,
        Field("status", \.status, .integer(0...999), Words("Status", zh: "状态")),
        Field("problem", \.problem, VerdictProblem.record.codec.optional, Words("Problem", zh: "问题")),
        make: Verdict.init
    )
}

private struct VerdictProblem: Hashable, Sendable {
    let title: String?
    let detail: String?

    static let record = Record<VerdictProblem>(
        refusesUnknownMembers: false,
        Field("title", \.title, Codec<String>.prose().optional, Words("Title", zh: "标题")),
        Field("detail", \.detail, Codec<String>.prose().optional, Words("Detail", zh: "详情")),
        make: VerdictProblem.init
    )
}
