import EventSourcing
import Postgres
import Synchronization

/// The log's dictionary of event types, as this process knows it. Entries are only ever added.
final class EventTypes: Sendable {
    private struct State {
        var types: [Int16: EventType] = [:]
        var ids: [EventType: Int16] = [:]
    }

    private let state = Mutex(State())

    /// The type with a number, nil when this process does not know it (yet).
    func type(_ id: Int16) -> EventType? {
        state.withLock { $0.types[id] }
    }

    /// The number of a type, nil when this process does not know it (yet).
    func id(_ type: EventType) -> Int16? {
        state.withLock { $0.ids[type] }
    }

    /// Takes the rows of `AppendSQL.eventTypes`.
    func learn(_ rows: Rows) throws(PostgresError) {
        var entries: [(Int16, EventType)] = []
        for row in rows {
            let (id, name, version) = try row.decode(Int16.self, String.self, Int16.self)
            entries.append((id, EventType(name, version: version)))
        }
        state.withLock { state in
            for (id, type) in entries {
                state.types[id] = type
                state.ids[type] = id
            }
        }
    }
}
