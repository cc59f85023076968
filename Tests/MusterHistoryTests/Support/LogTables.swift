import EventSourcing
import Records
import Testing

@testable import MusterHistory

/// Small logs as columns, and a naive computation to hold the engine against.
enum LogTables {
    struct Event: Hashable {
        var caseID: String
        var activity: String
        /// Seconds.
        var time: Int64
        var agency: String?
        var resource: String?
        var began: Int64?
    }

    static func columns(_ events: [Event]) -> EventColumns {
        var columns = EventColumns()
        for event in events {
            var entry = EventColumns.Entry(
                caseIndex: columns.caseNames.index(of: event.caseID),
                activity: columns.activityNames.index(of: event.activity),
                time: event.time * 1_000_000
            )
            if let agency = event.agency { entry.agency = columns.agencyNames.index(of: agency) }
            if let resource = event.resource { entry.resource = columns.resourceNames.index(of: resource) }
            entry.began = event.began.map { $0 * 1_000_000 }
            columns.append(entry)
        }
        return columns
    }

    /// `"a b c"` is a case with these activities, ten seconds apart.
    static func columns(_ cases: [String]) -> EventColumns {
        columns(
            cases.enumerated().flatMap { number, text in
                text.split(separator: " ").enumerated().map { place, activity in
                    Event(
                        caseID: "case \(number)",
                        activity: String(activity),
                        time: Int64(number * 1_000 + place * 10)
                    )
                }
            }
        )
    }

    static func context(_ change: (inout ColumnContext) -> Void = { _ in }) throws -> ColumnContext {
        var context = ColumnContext(
            source: AnalysisSource(
                log: try #require(LogName("test")),
                mode: .history,
                position: .origin,
                title: Words("Test", zh: "Test"),
                caseWords: Words("cases", zh: "案件"),
                rowWords: nil,
                mapping: nil,
                zone: "UTC",
                filters: [],
                asKnownAt: nil,
                asTrueAt: nil,
                asOf: nil,
                arguments: "test"
            )
        )
        change(&context)
        return context
    }

    static func analysis(
        _ columns: EventColumns,
        _ change: (inout ColumnContext) -> Void = { _ in }
    ) throws -> HistoryAnalysis {
        HistoryAnalysis(columns, try context(change))
    }

    /// Chance-made events: few activities, equal times, events out of order.
    static func random(_ generator: inout SeededRandom, events: Int) -> [Event] {
        (0..<events).map { _ in
            Event(
                caseID: "c\(Int.random(in: 0..<max(1, events / 4), using: &generator))",
                activity: String("abcde".randomElement(using: &generator) ?? "a"),
                time: Int64.random(in: 0..<60, using: &generator) * 60 + 1_600_000_000,
                agency: Bool.random(using: &generator)
                    ? "agency \(Int.random(in: 0..<3, using: &generator))" : nil,
                resource: "person \(Int.random(in: 0..<7, using: &generator))"
            )
        }
    }
}
