import Synchronization

/// A log in memory, for tests and measurements. It keeps the contract of `EventStore` in the plainest way: one append after the other.
package final class InMemoryEventStore: EventStore {
    private struct State {
        var events: [RecordedEvent] = []
        var streams: [StreamName: [Int]] = [:]
        var receipts: [CommandID: AppendReceipt] = [:]
    }

    package let name: LogName
    package let mode: LogMode
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    /// - Parameter now: the clock of `recordedAt`.
    package init(name: LogName, mode: LogMode = .live, now: @escaping @Sendable () -> Timestamp) {
        self.name = name
        self.mode = mode
        self.now = now
    }

    package func append(_ append: Append) async throws(AppendError) -> Verdict {
        guard append.eventCount > 0, append.writes.allSatisfy({ !$0.events.isEmpty }) else {
            throw .invalid(reason: "an append writes at least one event to each of its streams")
        }
        guard Set(append.writes.map(\.stream)).count == append.writes.count else {
            throw .invalid(reason: "an append writes twice to one stream")
        }
        return state.withLock { state in
            if let receipt = state.receipts[append.command] { return .duplicate(of: receipt) }
            for write in append.writes {
                let actual = StreamVersion(Int32(state.streams[write.stream]?.count ?? 0))
                guard write.expected.allows(actual) else { return .conflict(stream: write.stream, actual: actual) }
            }
            return .appended(record(append, in: &state))
        }
    }

    private func record(_ append: Append, in state: inout State) -> AppendReceipt {
        let recordedAt = max(now(), state.events.last?.recordedAt ?? now())
        let first = Position(Int64(state.events.count + 1))
        var ordinal: Int16 = 0
        for write in append.writes {
            for event in write.events {
                let index = state.events.count
                state.streams[write.stream, default: []].append(index)
                state.events.append(
                    RecordedEvent(
                        position: Position(Int64(index + 1)),
                        stream: write.stream,
                        version: StreamVersion(Int32(state.streams[write.stream]?.count ?? 0)),
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
        let receipt = AppendReceipt(first: first, count: append.eventCount, recordedAt: recordedAt)
        state.receipts[append.command] = receipt
        return receipt
    }

    package func receipt(of command: CommandID) async throws -> AppendReceipt? {
        state.withLock { $0.receipts[command] }
    }

    package func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        state.withLock { state in
            versions.flatMap { stream, version in
                (state.streams[stream] ?? []).dropFirst(Int(max(version, .none).rawValue)).prefix(max(0, limit))
                    .map { state.events[$0] }
            }
        }
    }

    package func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        state.withLock { state in
            Array(state.events.dropFirst(Int(max(position, .origin).rawValue)).prefix(max(0, limit)))
        }
    }

    package func tail() async throws -> Position {
        state.withLock { Position(Int64($0.events.count)) }
    }
}

extension ExpectedVersion {
    fileprivate func allows(_ actual: StreamVersion) -> Bool {
        switch self {
        case .exactly(let version): actual == version
        case .noStream: actual == .none
        case .streamExists: actual != .none
        case .any: true
        }
    }
}
