package import EventSourcing
import Synchronization

/// A log that fails the first appends as it is told. An outcome that is unknown was appended all the same.
package final class FlakyStore: EventStore {
    private let store: any EventStore
    private let faults: Mutex<[AppendError]>

    package init(_ store: any EventStore, faults: [AppendError]) {
        self.store = store
        self.faults = Mutex(faults)
    }

    package var name: LogName { store.name }
    package var mode: LogMode { store.mode }

    package func append(_ append: Append) async throws(AppendError) -> Verdict {
        guard let fault = faults.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            return try await store.append(append)
        }
        if fault == .outcomeUnknown { _ = try await store.append(append) }
        throw fault
    }

    package func receipt(of command: CommandID) async throws -> AppendReceipt? { try await store.receipt(of: command) }

    package func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        try await store.events(after: versions, limit: limit)
    }

    package func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await store.events(after: position, limit: limit)
    }

    package func tail() async throws -> Position { try await store.tail() }
}
