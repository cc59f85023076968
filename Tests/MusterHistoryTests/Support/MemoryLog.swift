import EventSourcing
import Synchronization
import Testing

@testable import MusterHistory

/// A log in memory that keeps the promises imports rely on: dense positions, one append for each command id.
final class MemoryLog: ImportLog {
    struct State {
        var events: [RecordedEvent] = []
        var receipts: [CommandID: AppendReceipt] = [:]
        var versions: [StreamName: StreamVersion] = [:]
        /// Thrown by the next calls of `append`, in order.
        var failures: [AppendError] = []
        var calls = 0
        /// After so many calls, every further one fails.
        var lastCall = Int.max
    }

    let name: LogName
    let mode: LogMode
    private let state = Mutex(State())

    init(mode: LogMode = .history) throws {
        name = try #require(LogName("test"))
        self.mode = mode
    }

    var events: [RecordedEvent] { state.withLock { $0.events } }

    func fail(with failures: AppendError...) { state.withLock { $0.failures = failures } }
    func fail(afterCalls count: Int) { state.withLock { $0.lastCall = $0.calls + count } }
    func heal() { state.withLock { $0.lastCall = .max } }

    func append(_ append: Append) async throws(AppendError) -> Verdict {
        let verdicts = try await self.append(contentsOf: [append])
        guard let verdict = verdicts.first else { throw .outcomeUnknown }
        return verdict
    }

    func append(contentsOf appends: [Append]) async throws(AppendError) -> [Verdict] {
        let result: Result<[Verdict], AppendError> = state.withLock { state in
            state.calls += 1
            if state.calls > state.lastCall { return .failure(.unavailable(reason: "the test stopped it")) }
            if !state.failures.isEmpty { return .failure(state.failures.removeFirst()) }
            return .success(appends.map { state.take($0) })
        }
        return try result.get()
    }

    func receipt(of command: CommandID) async throws -> AppendReceipt? { state.withLock { $0.receipts[command] } }

    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        let events = self.events
        return versions.flatMap { stream, version in
            events.filter { $0.stream == stream && $0.version > version }.prefix(limit)
        }
    }

    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        state.withLock { Array($0.events.dropFirst(Int(position.rawValue)).prefix(limit)) }
    }

    func tail() async throws -> Position { state.withLock { Position(Int64($0.events.count)) } }
}

extension MemoryLog.State {
    fileprivate mutating func take(_ append: Append) -> Verdict {
        if let receipt = receipts[append.command] { return .duplicate(of: receipt) }
        let recordedAt = Timestamp(microseconds: Int64(events.count))
        let receipt = AppendReceipt(
            first: Position(Int64(events.count + 1)),
            count: append.eventCount,
            recordedAt: recordedAt
        )
        var ordinal: Int16 = 0
        for write in append.writes {
            for event in write.events {
                let version = versions[write.stream, default: .none].advanced(by: 1)
                versions[write.stream] = version
                events.append(
                    RecordedEvent(
                        position: Position(Int64(events.count + 1)),
                        stream: write.stream,
                        version: version,
                        id: EventID(command: append.command, ordinal: ordinal),
                        type: event.type,
                        occurredAt: append.occurredAt,
                        recordedAt: recordedAt,
                        metadata: append.metadata,
                        data: event.data
                    )
                )
                ordinal += 1
            }
        }
        receipts[append.command] = receipt
        return .appended(receipt)
    }
}
