import Crypto
import EventSourcing

/// Appends rows whose key the log has with other content, each as a later revision of its key.
///
/// The revisions of a key stand under ids that follow from the key and their number, so that running an import again finds
/// each row where it was put: a row is compared with the revisions there are, one after the other, and appended behind the
/// last one when it differs from all. What the log had at any time under a key is therefore never appended again.
struct RowRevisions {
    /// More revisions of one key than this are no corrections: then the mapping names the wrong key.
    static let maximum = 1_000
    /// How many contents are remembered, so that rows need not be compared with the log again.
    private static let maximumKnown = 200_000

    /// A row that differs from the first one of its key.
    struct ChangedRow: Sendable {
        let line: Int
        let append: Append

        var key: CommandID { append.command }
    }

    struct Outcome {
        /// Rows that are now a revision.
        var added = 0
        /// Rows that the log has as a revision.
        var duplicates = 0
        var rejects: [RejectedRow] = []
    }

    /// What is known of the revisions of a key.
    private struct Known {
        /// The last one that was seen or appended; the first is the row itself.
        var last = 1
        /// The contents of all from the second on.
        var contents: Set<UniqueID> = []
        /// Whether the last one was appended here, so that there are no others behind it.
        var isEnd = false
    }

    private struct Pending {
        let row: ChangedRow
        let content: UniqueID
    }

    private let log: any ImportLog
    private let retries: AppendRetries
    private var known: [CommandID: Known] = [:]
    private var knownCount = 0

    init(log: any ImportLog, retries: AppendRetries) {
        self.log = log
        self.retries = retries
    }

    /// Appends the rows in their order. One call at a time keeps the revisions of a key in the order of the file.
    mutating func append(_ rows: [ChangedRow]) async throws -> Outcome {
        if knownCount > Self.maximumKnown {
            known = [:]
            knownCount = 0
        }
        var outcome = Outcome()
        var pending = rows.map { Pending(row: $0, content: Self.content($0.append)) }
        while !pending.isEmpty {
            let (round, waiting) = plan(pending, &outcome)
            let appends = round.map { $0.append }
            var duplicates: [ChangedRows.Duplicate] = []
            for (index, verdict) in try await retries.verdicts(of: appends, in: log).enumerated() {
                switch verdict {
                case .appended:
                    outcome.added += 1
                    known[round[index].pending.row.key]?.isEnd = true
                case .duplicate(let receipt):
                    duplicates.append(ChangedRows.Duplicate(index: index, position: receipt.first))
                case .conflict(let stream, _): throw ImportError.conflict(stream: stream)
                }
            }
            let others = try await ChangedRows.find(among: duplicates, of: appends, in: log)
            outcome.duplicates += duplicates.count - others.count
            var again: [Pending] = []
            for other in others {
                let pending = round[other.duplicate.index].pending
                // The log has another content under that number.
                known[pending.row.key]?.contents.remove(pending.content)
                known[pending.row.key]?.contents.insert(Self.content(other.found, other.occurredAt))
                known[pending.row.key]?.isEnd = false
                again.append(pending)
            }
            pending = again + waiting
        }
        return outcome
    }

    /// Chooses the rows that are appended together, each with its number: one of each key until its end is known, so that
    /// a row that must look further is not overtaken.
    private mutating func plan(
        _ rows: [Pending],
        _ outcome: inout Outcome
    ) -> (round: [(pending: Pending, append: Append)], waiting: [Pending]) {
        var round: [(pending: Pending, append: Append)] = []
        var waiting: [Pending] = []
        var keys: Set<CommandID> = []
        for pending in rows {
            let key = pending.row.key
            var revisions = known[key] ?? Known()
            if revisions.contents.contains(pending.content) {
                outcome.duplicates += 1
            } else if keys.contains(key), !revisions.isEnd {
                waiting.append(pending)
            } else if revisions.last == Self.maximum {
                let reason = RejectReason.revisions(Self.maximum)
                outcome.rejects.append(RejectedRow(line: pending.row.line, column: nil, reason: reason))
            } else {
                revisions.last += 1
                revisions.contents.insert(pending.content)
                known[key] = revisions
                knownCount += 1
                keys.insert(key)
                round.append((pending, Self.revision(revisions.last, of: pending.row.append)))
            }
        }
        return (round, waiting)
    }

    /// A hash of what a row says. The time of an activity is the event's alone.
    private static func content(_ append: Append) -> UniqueID {
        content(append.writes.first?.events.first?.data ?? [], append.occurredAt)
    }

    private static func content(_ data: [UInt8], _ occurredAt: Timestamp) -> UniqueID {
        var hash = SHA256()
        hash.update(data: ChangedRows.content(data) ?? data[...])
        withUnsafeBytes(of: occurredAt.microseconds) { hash.update(bufferPointer: $0) }
        return hash.finalize().identifier
    }

    /// The same row under the id of a revision, with its number before the key.
    private static func revision(_ number: Int, of append: Append) -> Append {
        Append(
            command: ImportID.revision(number, of: append.command),
            occurredAt: append.occurredAt,
            metadata: append.metadata,
            writes: append.writes.map { write in
                StreamWrite(
                    stream: write.stream,
                    expected: write.expected,
                    events: write.events.map { NewEvent(type: $0.type, data: numbered($0.data, number)) }
                )
            }
        )
    }

    private static func numbered(_ data: [UInt8], _ number: Int) -> [UInt8] {
        guard let key = ChangedRows.content(data)?.startIndex else { return data }
        var numbered = Array(data[..<key])
        numbered += ",\"revision\":\(number)".utf8
        numbered += data[key...]
        return numbered
    }
}
