import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

/// What was imported, exported for a purpose and imported again is the same log.
@Suite(.testDatabase)
struct RoundTripTests {
    /// Formats that hold activities; places alone are no log.
    private static let formats = ExportFormat.allCases.filter { $0 != .geojson }

    /// What a log says, apart from where it came from and from positions in it.
    private struct Content {
        /// Each row with its key, and all that is in it.
        var rows: [String] = []
        /// Each thing that was done, whether a row is one of them or holds several.
        var activities: [String] = []
        /// What is said of each case, once.
        var facts: Set<String> = []

        /// - Parameter prefix: what stands before the names of cases: where a case is one thing among others, its kind.
        init(of log: Log, without prefix: String = "") async throws {
            var position = Position.origin
            while true {
                let page = try await log.events(after: position, limit: 1_000)
                guard let last = page.last else { break }
                for event in page where event.type == ImportEventType.row { try take(event, without: prefix) }
                position = last.position
            }
            rows.sort()
            activities.sort()
        }

        private mutating func take(_ event: RecordedEvent, without prefix: String) throws {
            let row = try RowContents(event.data)
            let id = event.stream.id.hasPrefix(prefix) ? event.stream.id.dropFirst(prefix.count) : "no \(prefix)"
            let stages = row.stages.map { "\($0.name)=\($0.at)" }.sorted()
            let attributes = row.attributes.map { "\($0.name)=\($0.value.text)" }.sorted()
            let started = row.started.map { "\($0)" } ?? ""
            let own = [String(id), row.key, row.activity ?? "", "\(event.occurredAt)", started]
            rows.append((own + stages + attributes).joined(separator: "|"))
            if let activity = row.activity {
                activities.append("\(id)|\(activity)|\(event.occurredAt)|\(started)")
            } else {
                activities += row.stages.map { "\(id)|\($0.name)|\($0.at)|" }
            }
            for attribute in attributes { facts.insert("\(id)|\(attribute)") }
        }
    }

    /// A mapping by which an export is read again.
    ///
    /// - Parameter isWhole: whether a row of several times is one row in the format, as in CloudEvents.
    private static func mapping(back original: Mapping, from format: ExportFormat, isWhole: Bool) -> String {
        let isActivity = original.activityColumn != nil || !isWhole
        let isCase = original.activityColumn == nil && original.keyColumns == original.caseColumns
        /// The column that holds an attribute, or a time beside an activity.
        func column(_ name: String, from column: String, in member: String = "attributes") -> String {
            switch format {
            case .csv: return ["position", "key", "source"].contains(name) ? "attributes.\(name)" : name
            case .xes: return isCase || column.hasPrefix("case:") ? "case:\(name)" : name
            case .ndjson: return "data.\(member).\(name)"
            case .ocelJSON, .ocelXML, .ocelSQLite, .geojson: return name
            }
        }
        let (file, caseID, key, activity, at, started): (String, String, String, String, String, String) =
            switch format {
            case .csv, .geojson: ("csv", "case", "key", "activity", "time", "started")
            case .xes:
                ("xes", "case:concept:name", "muster:key", "concept:name", "time:timestamp", "muster:started")
            case .ndjson: ("cloudevents", "subject", "data.key", "data.activity", "time", "data.started")
            case .ocelJSON, .ocelXML, .ocelSQLite:
                (
                    "ocel, case-type: case", "case:concept:name", "muster:key", "concept:name", "time:timestamp",
                    "started"
                )
            }
        // A row of several times comes back as one row for each.
        let keys = original.activityColumn == nil && isActivity ? "[\"\(key)\", \"\(activity)\"]" : "\"\(key)\""
        var lines = [
            "name: back", "version: 1", "format: {type: \(file)}",
            "time:", "  zone: UTC", "  formats:", "    - \"yyyy-MM-dd'T'HH:mm:ss.SXXX\"",
            "    - \"yyyy-MM-dd'T'HH:mm:ssXXX\"", "    - \"yyyy-MM-dd HH:mm:ss.S\"",
            "case: \"\(caseID)\"", "key: \(keys)",
        ]
        if isActivity { lines += ["activity: \"\(activity)\"", "at: \"\(at)\""] }
        if original.startedColumn != nil { lines.append("started: \"\(started)\"") }
        if !original.stages.isEmpty, original.activityColumn != nil || isWhole {
            lines.append("stages:")
            lines += original.stages.map {
                "  \($0.name): {column: \"\(column($0.name, from: $0.column, in: "stages"))\"}"
            }
        }
        lines.append("attributes:")
        lines += original.attributes.map { attribute in
            let type =
                switch attribute.kind {
                case .text: "text"
                case .integer: "integer"
                case .choice: "choice"
                case .time: "time"
                }
            return "  \(attribute.name): {column: \"\(column(attribute.name, from: attribute.column))\", type: \(type)}"
        }
        return lines.joined(separator: "\n")
    }

    /// - Parameters:
    ///   - path: a file, read by the original mapping.
    ///   - isWhole: whether the rows of the format are those of the file.
    private static func check(
        _ path: String,
        _ original: Mapping,
        _ format: ExportFormat,
        rows count: Int
    ) async throws {
        let id = UInt64.random(in: 0 ... .max)
        let isWhole = original.activityColumn != nil || format == .ndjson
        try await TestDatabase.current.withLog("first-\(id)", mode: .history) { first in
            let summary = try await Importer(log: DatabaseLog(log: first)).run(input: path, mapping: original)
            #expect(summary.rejected == 0)
            let exported = try await ExportedLog.export(first, format) { $0.purpose = "round trip" }
            try await TestDatabase.current.withLog("second-\(id)", mode: .history) { second in
                try await ExportedLog.importFile(
                    try TemporaryFile("export", exported),
                    into: second,
                    mapping(back: original, from: format, isWhole: isWhole),
                    // The beginning and the end of the first import are events too, and no activities.
                    rejected: format == .ndjson ? 2 : 0
                )
                let prefix =
                    switch format {
                    case .csv, .xes, .geojson: ""
                    case .ndjson: "case-"
                    case .ocelJSON, .ocelXML, .ocelSQLite: "case:"
                    }
                let before = try await Content(of: first)
                let after = try await Content(of: second, without: prefix)
                #expect(before.rows.count == count)
                same(before.activities, after.activities)
                same(before.facts, after.facts)
                if isWhole { same(before.rows, after.rows) }
            }
        }
    }

    /// Says what differs, and not all that there is.
    private static func same(_ before: some Collection<String>, _ after: some Collection<String>) {
        #expect(before.count == after.count)
        #expect(Set(before).subtracting(after).sorted().prefix(3) == [], "is lost")
        #expect(Set(after).subtracting(before).sorted().prefix(3) == [], "is new")
    }

    @Test(.timeLimit(.minutes(20)), arguments: formats)
    func `Activities come back as they were`(format: ExportFormat) async throws {
        // A spreadsheet would run the formula, so that CSV, and nothing else, changes it.
        let rows = format == .csv ? ExportedLog.rows.replacing("=SUM(A1)", with: "SUM") : ExportedLog.rows
        let file = try TemporaryFile("visits.csv", text: rows)
        try await Self.check(file.path, try Mapping(yaml: ExportedLog.mapping), format, rows: 6)
    }

    @Test(.timeLimit(.minutes(20)), arguments: formats)
    func `Rows of several times come back with all of them`(format: ExportFormat) async throws {
        let rows = Samples.rows(1...6) + "7,9,2020-03-01 10:00:00,,gas,3,,\"a, b\"\n"
        let file = try TemporaryFile("calls.csv", text: rows)
        try await Self.check(file.path, try Samples.mapping(), format, rows: 7)
    }

    @Test(.timeLimit(.minutes(20)), .needs("eventlogs/receipt.csv"), arguments: formats)
    func `The receipt phase of permits comes back as it was`(format: ExportFormat) async throws {
        let path = SharedData.path("eventlogs/receipt.csv")
        try await Self.check(path, try Mapping.named("receipt-phase"), format, rows: 8_577)
    }

    @Test(.timeLimit(.minutes(20)), .needs("calls/sf_structure_fires_2017_small.csv"), arguments: formats)
    func `Calls to a fire department come back as they were`(format: ExportFormat) async throws {
        let path = SharedData.path("calls/sf_structure_fires_2017_small.csv")
        try await Self.check(path, try Mapping.named("sf-fire-calls"), format, rows: 865)
    }
}
