import EventSourcing
import MusterDomain
import Records
import Testing

@testable import MusterHistory

/// A live log in memory, told event by event.
struct ToldLog {
    static let begin = Timestamp(microseconds: 1_795_258_800_000_000)

    let log: MemoryLog
    private var commands: UInt64 = 0

    init() throws { log = try MemoryLog(mode: .live) }

    mutating func tell<Event: DomainEvent>(
        _ stream: StreamName,
        minute: Int,
        by person: PersonID = "li",
        _ event: Event
    ) async throws {
        commands += 1
        let actor = Actor(person: person, party: "fire", role: .departmentOfficer, territory: "heyan")
        _ = try await log.append(
            Append(
                command: CommandID(UniqueID(high: 0, low: commands)),
                occurredAt: Self.begin + .seconds(minute * 60),
                metadata: EventMetadata.record.encode(
                    EventMetadata(
                        actor: actor,
                        correlation: CommandID(UniqueID(high: 1, low: commands)),
                        causation: nil
                    )
                ),
                writes: [
                    StreamWrite(
                        stream: stream,
                        expected: .any,
                        events: [try #require(Event.table.encode(event))]
                    )
                ]
            )
        )
    }

    func analysis(
        of category: String,
        _ change: (inout AnalysisChoice) -> Void = { _ in }
    ) async throws -> HistoryAnalysis {
        var choice = AnalysisChoice()
        choice.category = category
        change(&choice)
        return try await LogReport.make(from: log, choice).analysis
    }
}
