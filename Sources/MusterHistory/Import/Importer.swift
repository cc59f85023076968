import EventSourcing
import Glibc

/// Imports the rows of files into a log of the past.
///
/// One row becomes one event, under a command id that follows from the mapping and the row's key: a file that is
/// imported again, or overlaps another, adds only what is new, and an interrupted import goes on by being run again. A
/// row whose key the log has with other content becomes a later revision of it. Within a case the rows stand in the log in
/// the order of the file, unless a batch had to be tried again.
package struct Importer: Sendable {
    /// Rows in one append to the log.
    private static let batchRows = 1_000
    /// Batches whose verdicts are awaited at the same time; the file is not read further while there are so many.
    private static let maximumBatchesInFlight = 12

    private let log: any ImportLog
    private let retries: AppendRetries
    private let now: @Sendable () -> Timestamp

    package init(log: any ImportLog) { self.init(log: log, retries: AppendRetries(), now: Self.systemTime) }

    init(log: any ImportLog, retries: AppendRetries, now: @escaping @Sendable () -> Timestamp) {
        self.log = log
        self.retries = retries
        self.now = now
    }

    /// Imports one file.
    ///
    /// - Parameters:
    ///   - path: a regular file, which must not change meanwhile.
    ///   - progress: called after each batch, one call at a time.
    ///   - rejected: called for each row that does not become an event, one call at a time; rows that cannot be read
    ///     come in the order of the file. An error thrown here ends the import.
    /// - Throws: `ImportError`, or `CancellationError` once the batches in flight have their verdicts. What was
    ///   appended until then stays.
    package func run(
        input path: String,
        mapping: Mapping,
        progress: (ImportProgress) -> Void = { _ in },
        rejected: (RejectedRow) throws -> Void = { _ in }
    ) async throws -> ImportSummary {
        let input = try await ImportInput.open(path, mapping: mapping)
        return try await run(input, progress: progress, rejected: rejected)
    }

    /// Imports a file that was opened before, once.
    package func run(
        _ input: ImportInput,
        progress: (ImportProgress) -> Void = { _ in },
        rejected: (RejectedRow) throws -> Void = { _ in }
    ) async throws -> ImportSummary {
        guard log.mode == .history else { throw ImportError.notHistory(log: log.name, mode: log.mode) }
        let clock = ContinuousClock()
        let (source, file, mapping, began) = (input.source, input.file, input.mapping, input.opened)
        var summary = ImportSummary(
            source: file.name,
            sha256: file.sha256,
            byteCount: file.byteCount,
            mapping: mapping.name,
            mappingVersion: mapping.version
        )
        let journal = ImportJournal(file: file, mapping: mapping)
        _ = try await retries.verdicts(of: [journal.started(at: now())], in: log)

        var revisions = RowRevisions(log: log, retries: retries)
        try await withThrowingTaskGroup(of: BatchOutcome.self) { group in
            var begun = 0
            var settled = 0
            var outcomes: [Int: BatchOutcome] = [:]
            /// Waits for one batch, and settles those whose turn it is in the order of the file.
            func settle() async throws {
                guard let outcome = try await group.next() else { return }
                outcomes[outcome.number] = outcome
                while let next = outcomes.removeValue(forKey: settled) {
                    settled += 1
                    summary.take(next)
                    let revised = try await revisions.append(next.changed)
                    try summary.take(revised, rejected)
                    progress(
                        ImportProgress(
                            rows: summary.rows,
                            bytes: next.bytesRead,
                            totalBytes: file.byteCount,
                            elapsed: clock.now - began
                        )
                    )
                }
            }
            /// The next rows; what came before a fault of the file is settled before it is thrown.
            func read() async throws -> RowSource.Batch? {
                do {
                    return try await source.next(limit: Self.batchRows)
                } catch {
                    while settled < begun { try await settle() }
                    throw error
                }
            }
            while let batch = try await read() {
                try Task.checkCancellation()
                for row in batch.rejects { try rejected(row) }
                while begun - settled >= Self.maximumBatchesInFlight { try await settle() }
                let number = begun
                // At once, so that the batches are handed to the log in the order of the file.
                group.addImmediateTask { try await self.outcome(of: batch, number: number) }
                begun += 1
            }
            while settled < begun { try await settle() }
        }

        summary.isTruncated = await source.isTruncated
        summary.lacksLastLineEnd = await source.lacksLastLineEnd
        _ = try await retries.verdicts(of: [journal.finished(summary, at: now())], in: log)
        summary.elapsed = clock.now - began
        return summary
    }

    private func outcome(of batch: RowSource.Batch, number: Int) async throws -> BatchOutcome {
        var outcome = BatchOutcome(batch, number: number)
        let verdicts = try await retries.verdicts(of: batch.appends, in: log)
        var duplicates: [ChangedRows.Duplicate] = []
        for (index, verdict) in verdicts.enumerated() {
            switch verdict {
            case .appended: outcome.added += 1
            case .duplicate(let receipt):
                duplicates.append(ChangedRows.Duplicate(index: index, position: receipt.first))
            case .conflict(let stream, _): throw ImportError.conflict(stream: stream)
            }
        }
        let changed = try await ChangedRows.find(among: duplicates, of: batch.appends, in: log)
        outcome.duplicates = duplicates.count - changed.count
        outcome.changed = changed.map { change in
            let index = change.duplicate.index
            return RowRevisions.ChangedRow(line: batch.lines[index], append: batch.appends[index])
        }
        return outcome
    }

    private static func systemTime() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

/// What became of one batch.
struct BatchOutcome: Sendable {
    /// Its place among the batches of the file, from 0.
    let number: Int
    let rows: Int
    let rejects: [RejectedRow]
    let negativeIntervals: Int
    let bytesRead: Int
    var added = 0
    var duplicates = 0
    var changed: [RowRevisions.ChangedRow] = []

    init(_ batch: RowSource.Batch, number: Int) {
        self.number = number
        rows = batch.rows
        rejects = batch.rejects
        negativeIntervals = batch.negativeIntervals
        bytesRead = batch.bytesRead
    }
}

extension ImportSummary {
    fileprivate mutating func take(_ outcome: BatchOutcome) {
        rows += outcome.rows
        added += outcome.added
        duplicates += outcome.duplicates
        negativeIntervals += outcome.negativeIntervals
        for row in outcome.rejects { rejects[row.reason.code, default: 0] += 1 }
    }

    fileprivate mutating func take(_ outcome: RowRevisions.Outcome, _ rejected: (RejectedRow) throws -> Void) throws {
        changed += outcome.added
        duplicates += outcome.duplicates
        for row in outcome.rejects {
            rejects[row.reason.code, default: 0] += 1
            try rejected(row)
        }
    }
}
