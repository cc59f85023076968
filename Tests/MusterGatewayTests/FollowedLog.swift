import EventSourcing
import MusterTesting
import Synchronization

/// A log in memory that can be followed: each append hands its events on at once.
final class FollowedLog: EventStore {
    private let store: InMemoryEventStore
    private let followers = Mutex<[AsyncThrowingStream<[RecordedEvent], any Error>.Continuation]>([])

    init(name: LogName, mode: LogMode = .live, now: @escaping @Sendable () -> Timestamp) {
        store = InMemoryEventStore(name: name, mode: mode, now: now)
    }

    var name: LogName { store.name }
    var mode: LogMode { store.mode }

    func append(_ append: Append) async throws(AppendError) -> Verdict {
        let verdict = try await store.append(append)
        if case .appended(let receipt) = verdict {
            do {
                let events = try await store.events(after: receipt.first.advanced(by: -1), limit: receipt.count)
                for follower in followers.withLock({ $0 }) { follower.yield(events) }
            } catch {
                throw .unavailable(reason: "\(error)")
            }
        }
        return verdict
    }

    /// What is there after a position, and then all that comes. Follow before anything is appended at the same time.
    func follow(after position: Position) -> AsyncThrowingStream<[RecordedEvent], any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: [RecordedEvent].self)
        followers.withLock { $0.append(continuation) }
        return stream
    }

    func receipt(of command: CommandID) async throws -> AppendReceipt? { try await store.receipt(of: command) }

    func events(of stream: StreamName, after version: StreamVersion, limit: Int) async throws -> [RecordedEvent] {
        try await store.events(of: stream, after: version, limit: limit)
    }

    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.events(after: position, limit: limit)
    }

    func tail() async throws -> Position { try await store.tail() }
}
