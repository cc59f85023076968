import EventLog
import EventSourcing
import Logging
import MusterDomain
import MusterTesting
import Postgres
import Records

@testable import PersonalData

/// A log and what one process that uses it has: its keys and its view in clear.
struct PersonalLog: Sendable {
    let log: Log
    let keys: PersonKeys
    let store: PersonalStore

    /// The key-encryption key of every process here.
    static let keyBytes = Array(repeating: UInt8(42), count: KeyEncryptionKey.byteCount)

    /// A new log and one process.
    static func run<T: Sendable>(
        mode: LogMode = .live,
        _ configuration: PersonKeys.Configuration = PersonKeys.Configuration(),
        _ body: @Sendable (PersonalLog) async throws -> T
    ) async throws -> T {
        let name = "p-\(UInt64.random(in: 0 ... .max))"
        // Appends wait for each other, on a slow machine for long.
        var patient = LogConfiguration()
        patient.appendTimeout = .seconds(120)
        return try await TestDatabase.current.withLog(name, mode: mode, configuration: patient) { log in
            try await another(on: log, configuration, body)
        }
    }

    /// One more process on the log.
    static func another<T: Sendable>(
        on log: Log,
        _ configuration: PersonKeys.Configuration = PersonKeys.Configuration(),
        _ body: @Sendable (PersonalLog) async throws -> T
    ) async throws -> T {
        guard let wrapping = KeyEncryptionKey(bytes: keyBytes) else { preconditionFailure("32 bytes make a key") }
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let keys = PersonKeys(pool: log.pool, wrapping: wrapping, configuration: configuration, logger: logger)
        try await keys.claim()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keys.run() }
            defer { group.cancelAll() }
            return try await body(
                PersonalLog(log: log, keys: keys, store: PersonalStore(log, keys: keys, logger: logger))
            )
        }
    }

    static let resident = Actor(person: "resident-1", party: "residents", role: .resident, territory: "dq-02")
    static let administrator = Actor(person: "admin", party: "office", role: .administrator, territory: "he")

    static func append<Event: DomainEvent>(
        _ events: [Event],
        to stream: StreamName,
        by actor: Actor = resident,
        command: CommandID = Samples.command()
    ) -> Append {
        Append(
            command: command,
            occurredAt: Samples.time,
            metadata: EventMetadata.record.encode(EventMetadata(actor: actor, correlation: command, causation: nil)),
            writes: [
                StreamWrite(stream: stream, expected: .any, events: events.compactMap(Event.table.encode))
            ]
        )
    }

    /// A report of a person, with a text.
    static func report(
        _ text: String,
        of person: PersonID = "resident-1",
        _ report: ReportID = "R-1",
        command: CommandID = Samples.command()
    ) -> Append {
        append([event(text, of: person, report)], to: Report.stream(report), command: command)
    }

    static func event(_ text: String, of person: PersonID, _ report: ReportID = "R-1") -> ReportEvent {
        .submitted(
            ReportSubmitted(
                report: report,
                channel: .app,
                kind: .noise,
                territory: "dq-02",
                place: "Dongqiao 7, entrance 2",
                text: text,
                latitude: 31.25,
                longitude: 121.5,
                reporter: person,
                isUrgent: false
            )
        )
    }

    static func erasure(of person: PersonID) -> Append {
        append(
            [PrivacyEvent.subjectKeyErased(SubjectKeyErased(person: person, ground: .request))],
            to: PersonErasures.stream(person),
            by: administrator
        )
    }

    /// What the texts of all reports read as.
    func texts() async throws -> [String] {
        try await store.events(after: .origin, limit: 10_000).compactMap { event in
            guard case .submitted(let report)? = try ReportEvent.table.decode(event.type, event.data) else {
                return nil
            }
            return report.text
        }
    }

    /// Erases as the log's followers do.
    func erase(_ person: PersonID) async throws {
        let receipt = try await store.append(Self.erasure(of: person)).receipt
        guard let receipt else { return }
        try await keys.destroy([PersonErasure(person: person, recordedAt: receipt.recordedAt)])
    }

    /// All rows that hold what somebody said, as text.
    func everyRow() async throws -> String {
        let rows = try await log.pool.query(Self.wholeLog)
        return try rows.map { try $0.value(0, as: String.self) }.joined(separator: "\n")
    }

    private static let wholeLog = Statement(
        "test_whole_log",
        """
        select e.data || e.metadata
        from events as e
        union all
        select k::text
        from person_keys as k
        """
    )
}
