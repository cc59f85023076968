import EventSourcing
import MusterTesting
import Synchronization

/// A log in memory that can be followed: each append hands its events on at once.
final class FollowedLog: EventStore {
    private let store: InMemoryEventStore
    private let state = Mutex(State())

    private struct State {
        var events: [RecordedEvent] = []
        var followers: [AsyncThrowingStream<[RecordedEvent], any Error>.Continuation] = []
    }

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
                state.withLock { state in
                    state.events += events
                    for follower in state.followers { follower.yield(events) }
                }
            } catch {
                throw .unavailable(reason: "\(error)")
            }
        }
        return verdict
    }

    /// What is there after a position, event by event, and then all that comes, append by append.
    func follow(after position: Position) -> AsyncThrowingStream<[RecordedEvent], any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: [RecordedEvent].self)
        state.withLock { state in
            let present = state.events.filter { $0.position > position }
            for event in present { continuation.yield([event]) }
            state.followers.append(continuation)
        }
        return stream
    }

    func receipt(of command: CommandID) async throws -> AppendReceipt? { try await store.receipt(of: command) }

    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        try await store.events(after: versions, limit: limit)
    }

    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.events(after: position, limit: limit)
    }

    func tail() async throws -> Position { try await store.tail() }
}
