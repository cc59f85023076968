import EventLog
import EventSourcing

@testable import MusterHistory

/// A log on PostgreSQL as imports and replays write it.
struct DatabaseLog: ImportLog {
    let log: Log

    var name: LogName { log.name }
    var mode: LogMode { log.mode }

    func append(_ append: Append) async throws(AppendError) -> Verdict { try await log.append(append) }
    func append(contentsOf appends: [Append]) async throws(AppendError) -> [Verdict] {
        try await log.append(contentsOf: appends)
    }
    func receipt(of command: CommandID) async throws -> AppendReceipt? { try await log.receipt(of: command) }
    func events(after versions: [StreamName: StreamVersion], limit: Int) async throws -> [RecordedEvent] {
        try await log.events(after: versions, limit: limit)
    }
    func events(after position: Position, limit: Int) async throws -> [RecordedEvent] {
        try await log.events(after: position, limit: limit)
    }
    func tail() async throws -> Position { try await log.tail() }
}
