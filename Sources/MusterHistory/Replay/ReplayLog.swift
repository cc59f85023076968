package import EventSourcing
import Records

/// The exercise log that a replay is written into.
///
/// It begins with what was replayed, and its rows have ids that follow from that: the same command again goes on where a
/// run was interrupted, and adds nothing to one that is whole.
package struct ReplayLog: Sendable {
    /// Rows in one append to the log: few enough for one commit, since commits side by side may change places.
    private static let batchRows = 250

    private let log: any ImportLog
    private let retries: AppendRetries

    package init(log: any ImportLog) { self.init(log: log, retries: AppendRetries()) }

    init(log: any ImportLog, retries: AppendRetries) {
        self.log = log
        self.retries = retries
    }

    /// Looks whether a replay can be written here.
    ///
    /// - Returns: up to which position the history was read when the same replay was begun here before; nil for an empty
    ///   log.
    /// - Throws: `ReplayError` when the log is not of mode exercise or holds something else.
    package func begun(
        _ source: LogName,
        _ choice: AnalysisChoice,
        _ changes: ReplayChanges
    ) async throws -> Position? {
        guard log.mode == .exercise else { throw ReplayError.notExercise(log.name, log.mode) }
        guard let first = try await log.events(after: .origin, limit: 1).first else { return nil }
        guard first.type == ImportEventType.started, let origin = Self.origin(first.data) else {
            throw ReplayError.occupied(log.name, by: nil)
        }
        let position = Position(rawValue: Int64(origin.position))
        guard origin.isSame(as: ReplayOrigin(log: source, position: position, choice, changes)) else {
            throw ReplayError.occupied(log.name, by: origin.description)
        }
        return position
    }

    private static func origin(_ data: [UInt8]) -> ReplayOrigin? {
        do throws(Problems) {
            var reader = JSONReader(data)
            for member in try reader.members() where member.name == "replay" {
                var value = reader.at(member.start)
                let start = value.index
                try value.skipValue()
                return try ReplayOrigin.record.decode(Array(data[start..<value.index]))
            }
            return nil
        } catch {
            return nil
        }
    }

    /// Writes a replay, one batch after the other, so that the same replay gives the same log.
    ///
    /// - Parameter progress: gets how many rows were written, and how many there are.
    /// - Returns: how many events were added; none when they were all there.
    /// - Throws: `ReplayError`, or `CancellationError`; what was written until then stays, and is completed by the same
    ///   call.
    package func write(_ replay: HistoryReplay, progress: (Int, Int) -> Void = { _, _ in }) async throws -> Int {
        guard log.mode == .exercise else { throw ReplayError.notExercise(log.name, log.mode) }
        let tail = try await log.tail()
        if tail > .origin {
            let last = try await log.events(after: Position(tail.rawValue - 1), limit: 1).first
            if last?.type == ImportEventType.finished { return 0 }
        }
        var rows = try ReplayRows(replay)
        // A replay is of the past: its frame bears the time of the last event that was replayed, whenever it is made.
        let time = replay.source.asOf ?? Timestamp(microseconds: 0)
        var added = try await add([rows.started(at: time)])
        var written = 0
        while written < rows.count {
            try Task.checkCancellation()
            let end = min(written + Self.batchRows, rows.count)
            added += try await add((written..<end).map { rows.append($0) })
            written = end
            progress(written, rows.count)
        }
        return try await added + add([rows.finished(at: time)])
    }

    private func add(_ appends: [Append]) async throws -> Int {
        let verdicts: [Verdict]
        do {
            verdicts = try await retries.verdicts(of: appends, in: log)
        } catch ImportError.log(let error) {
            throw ReplayError.log(error)
        }
        var added = 0
        for verdict in verdicts {
            switch verdict {
            case .appended: added += 1
            case .duplicate: break
            case .conflict: throw ReplayError.occupied(log.name, by: nil)
            }
        }
        return added
    }
}
