import EventSourcing
import MusterTesting
import Synchronization

/// A log that fails the first appends as it is told. An outcome that is unknown was appended all the same.
final class FlakyStore: EventStore {
    private let store: InMemoryEventStore
    private let faults: Mutex<[AppendError]>

    init(_ store: InMemoryEventStore, faults: [AppendError]) {
        self.store = store
        self.faults = Mutex(faults)
    }

    var name: LogName { store.name }
    var mode: LogMode { store.mode }

    func append(_ append: Append) async throws(AppendError) -> Verdict {
        guard let fault = faults.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            return try await store.append(append)
        }
        if fault == .outcomeUnknown { _ = try await store.append(append) }
        throw fault
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
