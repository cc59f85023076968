import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

/// What was imported, exported and imported again is the same log.
@Suite(.testDatabase)
struct RoundTripTests {
    /// What a log says happened, apart from where it came from.
    private static func content(of log: Log) async throws -> [String] {
        var lines: [String] = []
        var position = Position.origin
        while true {
            let page = try await log.events(after: position, limit: 1_000)
            guard let last = page.last else { break }
            for event in page where event.type == ImportEventType.row {
                let row = try RowContents(event.data)
                let attributes = row.attributes.map { "\($0.name)=\($0.value.text)" }.sorted().joined(separator: "|")
                // Where a case is one thing among others it bears its kind.
                let id = event.stream.id.replacing(/^case[-:]/, with: "")
                lines.append(
                    "\(id) \(row.activity ?? "") \(event.occurredAt) \(row.started?.rfc3339 ?? "") \(attributes)"
                )
            }
            position = last.position
        }
        return lines.sorted()
    }

    /// - Parameter path: what stands before the names of the attributes.
    private static func attributes(_ path: String = "") -> String {
        """
        attributes:
          agency: \(path)agency
          who: {column: \(path)who, type: choice}
          count: {column: \(path)count, type: integer}
          due: {column: \(path)due, type: time}
          lat: \(path)lat
          lon: \(path)lon
          note: \(path)note
        """
    }

    /// Without what an export of CSV must change: formulas.
    private static let rows = ExportedLog.rows.replacing("=SUM(A1)", with: "SUM").replacing(
        ",\"plain\",7",
        with: ",plain,"
    )

    private static func check(
        _ format: ExportFormat,
        _ file: String,
        _ mapping: String
    ) async throws {
        let id = UInt64.random(in: 0 ... .max)
        try await TestDatabase.current.withLog("first-\(id)", mode: .history) { first in
            try await ExportedLog.importRows(rows, into: first)
            let exported = try await ExportedLog.export(first, format) { $0.purpose = "round trip" }
            try await TestDatabase.current.withLog("second-\(id)", mode: .history) { second in
                // The beginning and the end of the first import are events too, and no activities.
                let rejected = format == .ndjson ? 2 : 0
                try await ExportedLog.importFile(
                    try TemporaryFile(file, exported),
                    into: second,
                    mapping,
                    rejected: rejected
                )
                #expect(try await content(of: second) == content(of: first))
                #expect(try await content(of: first).count == 6)
            }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `CSV comes back as it was`() async throws {
        try await Self.check(
            .csv,
            "log.csv",
            """
            name: back
            version: 1
            format: {type: csv}
            time: {formats: ["yyyy-MM-dd'T'HH:mm:ss.SXXX"]}
            case: case
            key: event
            activity: activity
            at: time
            started: started
            \(Self.attributes())
            """
        )
    }

    @Test(.timeLimit(.minutes(20)))
    func `XES comes back as it was`() async throws {
        try await Self.check(
            .xes,
            "log.xes",
            """
            name: back
            version: 1
            format: {type: xes}
            case: "case:concept:name"
            key: "muster:event"
            activity: "concept:name"
            at: "time:timestamp"
            started: start_timestamp
            \(Self.attributes())
            """
        )
    }

    @Test(.timeLimit(.minutes(20)))
    func `CloudEvents come back as they were`() async throws {
        try await Self.check(
            .ndjson,
            "log.ndjson",
            """
            name: back
            version: 1
            format: {type: cloudevents}
            case: subject
            key: id
            activity: data.activity
            at: time
            started: data.started
            \(Self.attributes("data.attributes."))
            """
        )
    }

    @Test(.timeLimit(.minutes(20)))
    func `OCEL in JSON comes back as it was`() async throws {
        try await Self.check(
            .ocelJSON,
            "log.json",
            """
            name: back
            version: 1
            format: {type: ocel, case-type: case}
            case: "case:concept:name"
            key: "ocel:eid"
            activity: "concept:name"
            at: "time:timestamp"
            started: started
            \(Self.attributes())
            """
        )
    }
}
